using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Secrets.Samples.Tests;

[TestFixture]
public sealed class WebApiTests
{
    private const string Listening = "Now listening on: ";

    [Test]
    public async Task The_web_application_uses_a_rotated_password_without_a_restart_and_shows_none()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        using Process process = Process.Start(SampleProgram.StartInfo("WebApi", "--urls", "http://127.0.0.1:0"))!;
        try
        {
            List<string> log = [];
            using HttpClient http = new() { BaseAddress = await AddressAsync(process, log, patience.Token) };

            JsonElement first = await http.GetFromJsonAsync<JsonElement>("/", patience.Token);
            string view = await http.GetStringAsync(new Uri("/debug-view", UriKind.Relative), patience.Token);
            string why = await http.GetStringAsync(new Uri("/explain/db", UriKind.Relative), patience.Token);
            using HttpResponseMessage rotated = await http.PostAsync(new Uri("/rotate/made-up-password-2", UriKind.Relative), null, patience.Token);
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
                Assert.That(rotated.IsSuccessStatusCode, Is.True);
                Assert.That(log, Has.None.Contains("made-up").And.None.Contains("not-a-real"));
            });
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<Uri> AddressAsync(Process process, List<string> log, CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            log.Add(line);
            int at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at < 0) continue;
            // The rest must be read, or a full pipe would stop the program.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            return new Uri(line[(at + Listening.Length)..].Trim());
        }

        throw new InvalidOperationException("The sample ended without listening: " + await process.StandardError.ReadToEndAsync(cancellationToken));
    }
}
