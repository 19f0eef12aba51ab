using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Secrets.Samples.Tests;

[TestFixture]
public sealed class WebApiTests
{
    [Test]
    public async Task The_web_application_uses_a_rotated_password_without_a_restart_and_shows_none()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        await using WebApplication application = await WebApplication.StartAsync(patience.Token);
        using HttpClient http = application.NewVisitor();

        JsonElement first = await http.GetFromJsonAsync<JsonElement>("/", patience.Token);
        string view = await http.GetStringAsync(At("/debug-view"), patience.Token);
        string why = await http.GetStringAsync(At("/explain/db"), patience.Token);
        using HttpResponseMessage refused = await http.PostAsync(At("/rotate/made-up-password-2"), null, patience.Token);
        await SignInAsync(http, "ada?role=admin", patience.Token);
        using HttpResponseMessage rotated = await http.PostAsync(At("/rotate/made-up-password-2"), null, patience.Token);
        JsonElement uses;
        do
        {
            uses = await http.GetFromJsonAsync<JsonElement>("/uses/made-up-password-2", patience.Token);
        }
        while (!uses.GetProperty("options").GetBoolean() || !uses.GetProperty("configuration").GetBoolean());

        Assert.Multiple(() =>
        {
            Assert.That(first.GetProperty("db").GetString(), Is.EqualTo("orders:***@orders.internal:15432"));
            Assert.That(first.GetProperty("mail").GetString(), Is.EqualTo("https://mail.internal/ as no-reply@example.org with ***"));
            Assert.That(first.GetProperty("connectionStringHasPassword").GetBoolean(), Is.True);
            Assert.That(view, Does.Contain("Orders=*** (SecretReferences)").And.Not.Contain("made-up").And.Not.Contain("not-a-real"));
            Assert.That(why, Does.Contain("project:orders"));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "Nobody in particular rotates nothing.");
            Assert.That(rotated.IsSuccessStatusCode, Is.True);
            Assert.That(application.Log, Has.None.Contains("made-up").And.None.Contains("not-a-real"));
        });
    }

    [Test]
    public async Task A_users_private_secret_is_like_a_missing_one_to_everybody_else()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        await using WebApplication application = await WebApplication.StartAsync(patience.Token);
        using HttpClient ada = application.NewVisitor();
        using HttpClient bob = application.NewVisitor();
        using HttpClient nobody = application.NewVisitor();
        await SignInAsync(ada, "ada", patience.Token);
        await SignInAsync(bob, "bob?role=admin", patience.Token);

        using StringContent value = new("not-a-real-key");
        using HttpResponseMessage kept = await ada.PutAsync(At("/mine/token"), value, patience.Token);
        Assert.That(kept.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        JsonElement hers = await ada.GetFromJsonAsync<JsonElement>("/secrets/token", patience.Token);
        Assert.That(hers.GetProperty("visibility").GetString(), Is.EqualTo("Private"));
        Assert.That(await ada.GetFromJsonAsync<string[]>("/secrets", patience.Token), Is.EquivalentTo(new[] { "db", "mail", "token" }));

        foreach (HttpClient other in new[] { bob, nobody })
        {
            Assert.That(await other.GetFromJsonAsync<string[]>("/secrets", patience.Token), Is.EquivalentTo(new[] { "db", "mail" }));
            foreach (HttpMethod verb in new[] { HttpMethod.Get, HttpMethod.Delete })
                Assert.That(await AnswerAsync(other, verb, "token", patience.Token), Is.EqualTo(await AnswerAsync(other, verb, "never", patience.Token)).And.StartsWith("NotFound"));
            Assert.That(
                (await other.GetStringAsync(At("/explain/token"), patience.Token)).Replace("token", "never", StringComparison.Ordinal),
                Is.EqualTo(await other.GetStringAsync(At("/explain/never"), patience.Token)));
        }

        using StringContent again = new("not-a-real-key");
        using HttpResponseMessage unowned = await nobody.PutAsync(At("/mine/token"), again, patience.Token);
        Assert.That(unowned.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), "Who is nobody owns nothing.");
        Assert.That((await ada.GetFromJsonAsync<JsonElement>("/secrets/token", patience.Token)).GetProperty("name").GetString(), Is.EqualTo("token"), "It is there still.");
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    private static async Task SignInAsync(HttpClient visitor, string user, CancellationToken cancellationToken)
    {
        using HttpResponseMessage signedIn = await visitor.PostAsync(At($"/sign-in/{user}"), null, cancellationToken);
        Assert.That(signedIn.IsSuccessStatusCode, Is.True);
    }

    private static async Task<string> AnswerAsync(HttpClient visitor, HttpMethod verb, string name, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(verb, At($"/secrets/{name}"));
        using HttpResponseMessage answer = await visitor.SendAsync(request, cancellationToken);
        return $"{answer.StatusCode} {string.Join(", ", answer.Content.Headers.Select(header => $"{header.Key}={string.Join(',', header.Value)}"))} {await answer.Content.ReadAsStringAsync(cancellationToken)}";
    }
}
