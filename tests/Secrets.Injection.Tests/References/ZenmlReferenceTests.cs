using Secrets.Testing;

namespace Secrets.Injection.Tests.References;

/// <summary>The rows of behaviours.md on ZenML's references (Z56-Z68), through the real client.</summary>
internal sealed class ZenmlReferenceTests
{
    private InMemorySecretStore _store = null!;
    private SecretsClient _client = null!;

    [SetUp]
    public async Task Fill()
    {
        _store = new InMemorySecretStore();
        _client = SecretsClient.Create(secrets => secrets.UseInMemory(_store).ActAs("ada", SecretRole.Admin));
        await _client.CreateSecretAsync("mlflow_secret", new() { ["username"] = "admin", ["password"] = "canary-1", ["tls.crt"] = "pem" });
    }

    [TearDown]
    public async Task Dispose()
    {
        await _client.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Test, Behaviour("Z56")]
    public async Task A_reference_is_a_name_and_a_key_in_double_braces() =>
        Assert.That(await _client.ResolveAsync("{{mlflow_secret.username}}"), Is.EqualTo("admin"));

    [Test, Behaviour("Z57")]
    public async Task Padding_stands_inside_the_braces_and_not_around_the_dot()
    {
        Assert.That(await _client.ResolveAsync("{{  mlflow_secret.username\t}}"), Is.EqualTo("admin"));
        Assert.That(() => SecretTemplate.Parse("{{mlflow_secret . username}}"), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("space-at-dot"));
    }

    [Test, Behaviour("Z58")]
    public async Task A_reference_also_works_inside_a_longer_string() =>
        Assert.That(await _client.ResolveAsync("http://{{mlflow_secret.username}}@host"), Is.EqualTo("http://admin@host"));

    [Test, Behaviour("Z59")]
    public async Task The_first_dot_splits_and_the_key_may_hold_more() =>
        Assert.That(await _client.ResolveAsync("{{mlflow_secret.tls.crt}}"), Is.EqualTo("pem"));

    [Test, Behaviour("Z60")]
    public async Task Adjacent_references_are_two() =>
        Assert.That(await _client.ResolveAsync("{{mlflow_secret.username}}{{mlflow_secret.tls.crt}}"), Is.EqualTo("adminpem"));

    [Test, Behaviour("Z61")]
    public async Task A_component_resolves_an_attribute_when_it_is_read_and_not_before()
    {
        _store.Calls.Clear();
        SecretComponent tracker = Tracker(new() { ["tracking_password"] = "{{mlflow_secret.password}}" });

        Assert.That(_store.Calls.Count(InMemoryOperation.Read), Is.Zero);
        Assert.That((await tracker.GetAsync(_client, "tracking_password")).RevealString(), Is.EqualTo("canary-1"));
    }

    [Test, Behaviour("Z62")]
    public void A_missing_secret_is_an_error_that_names_attribute_and_secret()
    {
        SecretComponent tracker = Tracker(new() { ["tracking_password"] = "{{nope.password}}" });

        SecretResolutionException error = Assert.ThrowsAsync<SecretResolutionException>(async () => await tracker.GetAsync(_client, "tracking_password"))!;

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.NotFound));
        Assert.That(error.Message, Does.Contain("nope.password").And.Contain("mlflow.tracking_password"));
    }

    [Test, Behaviour("Z63")]
    public void A_missing_key_is_an_error_that_lists_the_keys()
    {
        SecretResolutionException error = Assert.ThrowsAsync<SecretResolutionException>(async () => await _client.ResolveAsync("{{mlflow_secret.user}}"))!;

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.KeyNotFound));
        Assert.That(error.Message, Does.Contain("username, password, tls.crt"));
    }

    [TestCase("name", "clear-text-field"), TestCase("region", "validated-field"), Behaviour("Z64", "Z65")]
    public void A_field_in_clear_text_or_with_a_check_takes_no_reference(string attribute, string reason)
    {
        SecretException error = Assert.Throws<SecretException>(() => Tracker(new() { [attribute] = "x-{{mlflow_secret.username}}" }))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, reason)));
        Assert.That(error.Message, Does.Contain($"'{attribute}'"));
    }

    [Test, Behaviour("Z66")]
    public void Plain_text_in_a_sensitive_field_is_a_warning_without_the_text()
    {
        SecretComponent tracker = Tracker(new() { ["tracking_password"] = "canary-plain", ["tracking_uri"] = "http://x" });

        Assert.That(tracker.Warnings.Single(), Does.Contain("'tracking_password'").And.Not.Contain("canary"));
    }

    [Test, Behaviour("Z67")]
    public async Task A_reference_in_a_secret_value_resolves_to_the_newest()
    {
        SecretComponent tracker = Tracker(new() { ["tracking_password"] = SecretValue.FromString("{{mlflow_secret.password}}") });
        await _client.UpdateSecretAsync("mlflow_secret", update => update.Set("password", "canary-2"));

        Assert.That((await tracker.GetAsync(_client, "tracking_password")).RevealString(), Is.EqualTo("canary-2"));
        Assert.That(tracker.Warnings, Is.Empty);
    }

    [Test, Behaviour("Z68")]
    public async Task Somebody_elses_private_secret_does_not_resolve_and_does_not_show()
    {
        await _client.CreateSecretAsync("ada_secret", new() { ["k"] = "canary-3" }, new CreateSecretOptions { Visibility = SecretVisibility.Private });
        ISecretsClient bob = _client.As(new SecretPrincipal("bob", SecretRole.Admin));

        SecretResolutionException hidden = Assert.ThrowsAsync<SecretResolutionException>(async () => await bob.ResolveAsync("{{ada_secret.k}}"))!;
        SecretResolutionException near = Assert.ThrowsAsync<SecretResolutionException>(async () => await bob.ResolveAsync("{{ada_secre.k}}"))!;

        Assert.That(hidden.Code, Is.EqualTo(SecretErrorCode.NotFound));
        Assert.That(hidden.Problems.Concat(near.Problems).SelectMany(problem => problem.NearNames), Is.Empty);
        Assert.That(await _client.ResolveAsync("{{ada_secret.k}}"), Is.EqualTo("canary-3"));
    }

    [Test]
    public async Task Attributes_may_be_nested()
    {
        SecretComponent tracker = Tracker(new()
        {
            ["headers"] = new Dictionary<string, object?> { ["auth"] = "Bearer {{mlflow_secret.password}}" },
            ["hosts"] = new object[] { "a", "{{mlflow_secret.username}}" },
            ["retries"] = 3,
        });

        Assert.That(tracker.Attributes, Is.EqualTo(new[] { "headers.auth", "hosts[0]", "hosts[1]" }));
        Assert.That((await tracker.GetAsync(_client, "hosts[1]")).RevealString(), Is.EqualTo("admin"));
        Assert.That(tracker.ToString(), Is.EqualTo("mlflow (3 attributes)"));
    }

    private static SecretComponent Tracker(Dictionary<string, object?> attributes) => new("mlflow", attributes, new Dictionary<string, SecretFieldKind>
    {
        ["name"] = SecretFieldKind.ClearText,
        ["region"] = SecretFieldKind.Validated,
        ["tracking_password"] = SecretFieldKind.Sensitive,
    });
}
