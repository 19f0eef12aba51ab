using Secrets.Testing;

namespace Secrets.Injection.Tests.Validation;

/// <summary>The rows of behaviours.md on ZenML's validation (Z69-Z75), through the real client over a store that counts its calls.</summary>
[NonParallelizable]
internal sealed class ZenmlValidationTests
{
    private static readonly SecretTemplate Template = SecretTemplate.Parse("{{db.user}} {{db.nope}} {{missing.key}} {{missing.other}}");

    private InMemorySecretStore _store = null!;
    private SecretsClient _client = null!;

    [SetUp]
    public void Fill()
    {
        _store = new InMemorySecretStore();
        _store.Put(SecretAddress.Public("db"), new() { ["user"] = "ada", ["empty"] = "" });
        _client = SecretsClient.Create(secrets => secrets.UseInMemory(_store));
        _store.Calls.Clear();
    }

    [TearDown]
    public async Task Dispose()
    {
        await _client.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test, Behaviour("Z69")]
    public async Task Secrets_and_keys_are_checked_by_default()
    {
        Assert.That(SecretValidationLevel.FromEnvironment(), Is.EqualTo(SecretValidationLevel.SecretAndKeyExists));
        Assert.That((await _client.ValidateAsync(Template)).Level, Is.EqualTo(SecretValidationLevel.SecretAndKeyExists));
    }

    [Test, Behaviour("Z70")]
    public async Task SecretExists_checks_secrets_only_and_passes_on_a_store_that_refuses_reads()
    {
        _store.Faults.RefusesValueReads = true;

        SecretValidationReport report = await _client.ValidateAsync(Template, SecretValidationLevel.SecretExists);

        Assert.That(report.Problems.Select(problem => problem.QualifiedName), Is.EqualTo(new[] { "missing.key", "missing.other" }));
        Assert.That(_store.Calls.Count(InMemoryOperation.Read), Is.Zero);
    }

    [Test, Behaviour("Z70")]
    public async Task SecretExists_lists_where_the_store_cannot_describe()
    {
        InMemorySecretStore store = new(new() { Features = InMemorySecretStoreOptions.AllFeatures & ~(SecretStoreFeatures.Describe | SecretStoreFeatures.KeysWithoutValues) });
        store.Put(SecretAddress.Public("db"), new() { ["user"] = "ada" });
        await using SecretsClient client = SecretsClient.Create(secrets => secrets.UseInMemory(store));
        store.Calls.Clear();

        SecretValidationReport report = await client.ValidateAsync(Template, SecretValidationLevel.SecretExists);

        Assert.That(report.Problems.Select(problem => problem.QualifiedName), Is.EqualTo(new[] { "missing.key", "missing.other" }));
        Assert.That(store.Calls.Count(InMemoryOperation.Read), Is.Zero);
        Assert.That((await client.ValidateAsync(Template)).Problems.Select(problem => problem.QualifiedName), Is.EqualTo(new[] { "db.nope", "missing.key", "missing.other" }));
    }

    [Test, Behaviour("Z71")]
    public async Task None_makes_no_call()
    {
        SecretValidationReport report = await _client.ValidateAsync(Template, SecretValidationLevel.None);

        Assert.That(report.IsValid, Is.True);
        Assert.That(Asked(), Is.Zero);
    }

    [Test, Behaviour("Z72")]
    public void A_level_that_does_not_exist_is_an_error() =>
        Assert.That(() => SecretValidationLevel.Parse("SECRET_EXIST"), Throws.TypeOf<SecretException>().With.Message.Contains("NONE, SECRET_EXISTS and SECRET_AND_KEY_EXISTS"));

    [Test, Behaviour("Z73")]
    public async Task One_error_lists_every_name_and_key()
    {
        SecretValidationReport report = await _client.ValidateAsync(Template);

        SecretValidationException error = Assert.Throws<SecretValidationException>(report.ThrowIfInvalid)!;
        Assert.That(error.Message, Does.Contain("db.nope").And.Contain("missing.key").And.Contain("missing.other").And.Not.Contain("db.user"));
    }

    [Test, Behaviour("Z74")]
    public async Task Elsewhere_than_before_a_run_it_is_a_warning()
    {
        RecordedWarnings log = new();

        bool valid = (await _client.ValidateAsync(Template)).WarnIfInvalid(log);

        Assert.That(valid, Is.False);
        Assert.That(log.Lines, Has.Count.EqualTo(3).And.All.StartsWith("Warning: The secret reference "));
    }

    [Test, Behaviour("Z75")]
    public async Task A_key_whose_value_is_withheld_or_empty_passes()
    {
        _store.Faults.RefusesValueReads = true;

        SecretValidationReport report = await _client.ValidateAsync(SecretTemplate.Parse("{{db.user}}{{db.empty}}"));

        Assert.That(report.IsValid, Is.True);
    }

    [Test]
    public async Task Each_secret_is_asked_for_once_however_often_it_is_referred_to()
    {
        SecretTemplate many = SecretTemplate.Parse(string.Concat(Enumerable.Repeat("{{db.user}}{{db.empty}}${db}", 50)));

        await _client.ValidateAsync([many, many], SecretValidationLevel.SecretExists);

        Assert.That(Asked(), Is.EqualTo(1));
    }

    // All but watching, which a client does by itself whenever it likes.
    private long Asked() => _store.Calls.Total - _store.Calls.Count(InMemoryOperation.Watch);
}
