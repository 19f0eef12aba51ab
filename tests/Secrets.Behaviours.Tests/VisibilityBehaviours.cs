using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Private before public, and private for nobody else.</summary>
[TestFixture]
public sealed class VisibilityBehaviours
{
    [Test]
    [Behaviour("Z21")]
    public async Task A_secret_is_public_unless_said_otherwise()
    {
        await using Platform platform = new();
        Assert.That((await platform.Client.CreateSecretAsync("db", Platform.Pair("x"))).Visibility, Is.EqualTo(SecretVisibility.Public));
        Assert.That((await platform.Bob.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("x"));
    }

    [Test]
    [Behaviour("Z19", "Z20", "Z23", "Z24")]
    public async Task A_private_and_a_public_secret_share_a_name_and_the_private_one_comes_first()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("public"));
        await platform.Client.CreateSecretAsync("db", Platform.Pair("private"), Platform.Private);
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.CreateSecretAsync("db", Platform.Pair("x")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.CreateSecretAsync("db", Platform.Pair("x"), Platform.Private).AsTask());
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("private"));
        Assert.That((await platform.Client.GetSecretAsync("db", SecretVisibility.Public))["key"].RevealString(), Is.EqualTo("public"));
        Assert.That((await platform.Client.GetSecretAsync("db", SecretVisibility.Private))["key"].RevealString(), Is.EqualTo("private"));
        Assert.That((await platform.Bob.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("public"));
    }

    [TestCase("admin")]
    [TestCase("member")]
    [TestCase("owner")]
    [TestCase("superuser")]
    [Behaviour("Z22", "Z28", "Z43", "Z68")]
    public async Task Somebody_elses_private_secret_is_like_one_that_is_missing_in_every_verb(string role)
    {
        await using Platform platform = new();
        SecretProperties hers = await platform.Client.CreateSecretAsync("hers", Platform.Pair("x"), Platform.Private);
        SecretsClient other = platform.Client.As(new SecretPrincipal("mallory", new SecretRole(role)));
        foreach (Func<string, Task> verb in Verbs(other))
        {
            SecretException there = await FailureAsync(() => verb("hers"));
            SecretException missing = await FailureAsync(() => verb("miss"));
            Assert.That((there.Code, there.Reason), Is.EqualTo((missing.Code, missing.Reason)));
            Assert.That(there.Message.Replace("hers", "miss", StringComparison.Ordinal), Is.EqualTo(missing.Message));
        }

        Assert.That(await Platform.NamesAsync(other.ListSecretsAsync()), Is.Empty);
        Assert.That(other.TryGetSecret("hers", out _), Is.False);
        SecretExplanation explanation = await other.ExplainAsync("hers");
        Assert.That(explanation.Candidates.Select(candidate => candidate.Outcome), Is.All.EqualTo(SecretCandidateOutcome.Missing));
        Assert.That(explanation.ToString(), Does.Not.Contain("ada"));
        Assert.That((await FailureAsync(() => other.FindSecretAsync(hers.Id.ToString()).AsTask())).Code, Is.EqualTo(SecretErrorCode.NotFound));
        Assert.That((await FailureAsync(() => other.FindSecretAsync(hers.Id.ToString("D")[..8]).AsTask())).Code, Is.EqualTo(SecretErrorCode.NotFound));
        SecretResolutionException unresolved = Assert.ThrowsAsync<SecretResolutionException>(async () => await other.ResolveAsync("{{her.key}} {{hers.key}}"));
        Assert.That(unresolved.Problems.SelectMany(problem => problem.NearNames), Is.Empty, "A suggestion would tell that it is there.");
    }

    [Test]
    [Behaviour("Z43")]
    public async Task A_listing_is_ones_own_private_secrets_and_all_public_ones()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("public", Platform.Pair("x"));
        await platform.Client.CreateSecretAsync("adas", Platform.Pair("x"), Platform.Private);
        await platform.Bob.CreateSecretAsync("bobs", Platform.Pair("x"), Platform.Private);
        Assert.That(await Platform.NamesAsync(platform.Client.ListSecretsAsync()), Is.EquivalentTo(new[] { "public", "adas" }));
        Assert.That(await Platform.NamesAsync(platform.Bob.ListSecretsAsync()), Is.EquivalentTo(new[] { "public", "bobs" }));
        Assert.That(await Platform.NamesAsync(platform.Carol.ListSecretsAsync()), Is.EquivalentTo(new[] { "public" }));
    }

    [Test]
    [Behaviour("Z34")]
    public async Task A_change_of_visibility_checks_again_that_the_name_is_free()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", Platform.Pair("private"), Platform.Private);
        await platform.Client.UpdateSecretAsync("db", update => update.Visibility = SecretVisibility.Public);
        Assert.That((await platform.Bob.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("private"));
        await platform.Client.CreateSecretAsync("db", Platform.Pair("mine"), Platform.Private);
        await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.UpdateSecretAsync(
            new SecretLookup("db") { Visibility = SecretVisibility.Private }, update => update.Visibility = SecretVisibility.Public).AsTask());
        Assert.That((await platform.Client.GetSecretAsync("db"))["key"].RevealString(), Is.EqualTo("mine"));
    }

    private static IEnumerable<Func<string, Task>> Verbs(SecretsClient client) =>
    [
        name => client.GetSecretAsync(name).AsTask(),
        name => client.GetSecretAsync(name, SecretVisibility.Private).AsTask(),
        name => client.RefreshSecretAsync(new SecretLookup(name)).AsTask(),
        name => client.UpdateSecretAsync(name, update => update.Set("key", "x")).AsTask(),
        name => client.RenameSecretAsync(name, "other").AsTask(),
        name => client.DeleteSecretAsync(name).AsTask(),
        name => client.DeleteSecretsAsync([name]).AsTask(),
        name => client.ResolveAsync($"{{{{{name}.key}}}}").AsTask(),
        name => client.FindSecretAsync(name, allowPartialName: true).AsTask(),
    ];

    private static async Task<SecretException> FailureAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (SecretException e)
        {
            return e;
        }

        throw new AssertionException("Expected a refusal; nothing was thrown.");
    }
}
