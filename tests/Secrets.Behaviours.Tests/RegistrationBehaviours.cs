using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Asking for what templates need.</summary>
[TestFixture]
public sealed class RegistrationBehaviours
{
    private static readonly SecretTemplate[] Needed =
    [
        SecretTemplate.Parse("{{db.user}}:{{db.password}} {{db.user}}"),
        SecretTemplate.Parse("${HF_TOKEN} {{optional.key ?? \"none\"}}"),
    ];

    [Test]
    [Behaviour("Z76")]
    public async Task What_is_missing_is_asked_for_once_and_kept()
    {
        await using Platform platform = new();
        List<string> asked = [];
        SecretRegistrationResult result = await platform.Client.RegisterSecretsAsync(Needed, (request, _) =>
        {
            asked.Add(request.QualifiedName);
            return new ValueTask<SecretValue?>(SecretValue.FromString(request.QualifiedName));
        });
        Assert.That(asked, Is.EqualTo(new[] { "db.user", "db.password", "HF_TOKEN" }));
        Assert.That(result.Created, Is.EqualTo(new[] { "db", "HF_TOKEN" }));
        Assert.That(result.IsComplete, Is.True);
        Assert.That(await platform.Client.ResolveAsync(Needed[0]), Is.EqualTo("db.user:db.password db.user"));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.Write), Is.EqualTo(2), "One secret is one write.");
    }

    [Test]
    [Behaviour("Z76")]
    public async Task No_answer_keeps_what_is_there_and_leaves_missing_what_is_not()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["user"] = "ada" });
        await platform.Client.CreateSecretAsync("HF_TOKEN", Platform.Pair("hf", "token"));
        SecretRegistrationResult result = await platform.Client.RegisterSecretsAsync(Needed, (_, _) => new ValueTask<SecretValue?>(SecretValue.Empty));
        Assert.That(result.Kept, Is.EqualTo(new[] { "HF_TOKEN" }));
        Assert.That(result.StillMissing, Is.EqualTo(new[] { "db.password" }));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.Write), Is.EqualTo(2), "Only the two of the set-up.");
    }

    [Test]
    [Behaviour("Z76")]
    public async Task An_answer_replaces_one_key_and_keeps_the_others()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["user"] = "ada", ["password"] = "old", ["other"] = "kept" });
        await platform.Client.CreateSecretAsync("HF_TOKEN", Platform.Pair("hf", "token"));
        SecretRegistrationResult result = await platform.Client.RegisterSecretsAsync(Needed, (request, _) => new ValueTask<SecretValue?>(request.Key == "user" ? null : SecretValue.FromString("new")));
        Assert.That(result.Updated, Is.EqualTo(new[] { "db", "HF_TOKEN" }));
        Secret db = await platform.Client.GetSecretAsync("db");
        Assert.That(db.Keys.Select(key => db[key].RevealString()), Is.EqualTo(new[] { "ada", "new", "kept" }));
        Assert.That((await platform.Client.GetSecretAsync("HF_TOKEN")).Keys, Is.EqualTo(new[] { "token" }), "A secret of one value keeps its only key.");
    }

    [Test]
    [Behaviour("Z77")]
    public async Task What_is_there_is_not_asked_for_when_it_is_to_be_skipped()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["user"] = "ada", ["password"] = "x" });
        List<string> asked = [];
        SecretRegistrationResult result = await platform.Client.RegisterSecretsAsync(
            Needed,
            (request, _) =>
            {
                asked.Add(request.QualifiedName);
                return new ValueTask<SecretValue?>(SecretValue.FromString("x"));
            },
            new SecretRegistrationOptions { SkipExisting = true });
        Assert.That(asked, Is.EqualTo(new[] { "HF_TOKEN" }));
        Assert.That((result.Kept.Single(), result.Created.Single()), Is.EqualTo(("db", "HF_TOKEN")));
    }

    [Test]
    [Behaviour("Z78")]
    public async Task Where_nothing_is_needed_nothing_is_asked()
    {
        await using Platform platform = new();
        SecretRegistrationResult result = await platform.Client.RegisterSecretsAsync([SecretTemplate.Parse("plain text")], (_, _) => throw new AssertionException("Nothing is to be asked."));
        Assert.That(result.WasNothingNeeded, Is.True);
    }

    [Test]
    public async Task A_secret_that_cannot_be_read_is_not_taken_for_missing()
    {
        await using Platform platform = new();
        using IDisposable fault = platform.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Denied) { Address = SecretAddress.Public("db") });
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Client.RegisterSecretsAsync(Needed, (_, _) => throw new AssertionException("Nothing is to be asked.")).AsTask());
    }
}
