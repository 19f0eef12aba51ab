namespace Secrets.Injection.Tests.References;

internal sealed class ResolveTests
{
    private static FewSecrets Db => new FewSecrets()
        .With("db", new() { ["user"] = "ada", ["password"] = "p\"w{{db.user}}" })
        .With("HF_TOKEN", new() { ["token"] = "hf" });

    [Test]
    public async Task Values_take_the_place_of_references([Values] bool warm)
    {
        FewSecrets client = Db;
        client.IsWarm = warm;

        string text = await client.ResolveAsync("u={{db.user}} t=${HF_TOKEN} end");

        Assert.That(text, Is.EqualTo("u=ada t=hf end"));
    }

    [Test]
    public async Task A_value_is_never_scanned_again([Values] bool warm)
    {
        FewSecrets client = Db;
        client.IsWarm = warm;

        Assert.That(await client.ResolveAsync("<{{db.password}}>"), Is.EqualTo("<p\"w{{db.user}}>"));
    }

    [Test]
    public async Task Each_secret_is_asked_for_once()
    {
        FewSecrets client = Db;

        await client.ResolveAsync("{{db.user}}:{{db.password}}@{{db.user}} ${HF_TOKEN}");

        Assert.That(client.Gets, Is.EqualTo(1));
        Assert.That(client.Asked, Is.EqualTo(new[] { new SecretLookup("db"), new SecretLookup("HF_TOKEN") }));
    }

    [Test]
    public async Task A_text_without_references_makes_no_call()
    {
        FewSecrets client = Db;

        Assert.That(await client.ResolveAsync("a \\{{ b"), Is.EqualTo("a {{ b"));
        Assert.That(client.Gets, Is.Zero);
    }

    [Test]
    public void A_missing_secret_is_an_error_with_its_places_and_near_names()
    {
        SecretTemplate template = SecretTemplate.Parse("{{bd.user}}\n{{bd.user}}", new SecretTemplateOptions { Source = "app.env" });

        SecretResolutionException error = Assert.ThrowsAsync<SecretResolutionException>(async () => await Db.ResolveAsync(template))!;

        SecretReferenceProblem problem = error.Problems.Single();
        Assert.Multiple(() =>
        {
            Assert.That(error.Code, Is.EqualTo(SecretErrorCode.NotFound));
            Assert.That(problem.QualifiedName, Is.EqualTo("bd.user"));
            Assert.That(problem.Places.Select(place => place.ToString()), Is.EqualTo(new[] { "app.env:1:1", "app.env:2:1" }));
            Assert.That(problem.NearNames, Is.EqualTo(new[] { "db" }));
            Assert.That(problem.NextStep, Is.EqualTo("secrets create bd --user=@FILE"));
        });
    }

    [Test]
    public void A_missing_key_is_an_error_that_lists_the_keys()
    {
        SecretResolutionException error = Assert.ThrowsAsync<SecretResolutionException>(async () => await Db.ResolveAsync("{{db.pasword}}"))!;

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.KeyNotFound));
        Assert.That(error.Message, Does.Contain("user, password").And.Contain("Did you mean password?"));
    }

    [TestCase("{{db.nope ?? \"x\"}}", "x")]
    [TestCase("{{nope.key ?? \"\"}}", "")]
    [TestCase("{{nope.key ?? \"a b\" | url}}", "a%20b")]
    public async Task A_default_stands_in_for_what_is_missing(string text, string expected) =>
        Assert.That(await Db.ResolveAsync(text), Is.EqualTo(expected));

    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.Unavailable)]
    [TestCase(SecretErrorCode.Corrupted)]
    public void A_default_never_stands_in_for_another_failure(SecretErrorCode code)
    {
        FewSecrets client = Db.Failing("db", code);

        SecretResolutionException error = Assert.ThrowsAsync<SecretResolutionException>(async () => await client.ResolveAsync("{{db.user ?? \"x\"}}"))!;

        Assert.That(error.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_missing_reference_is_left_in_place_only_when_asked()
    {
        SecretTemplate template = SecretTemplate.Parse("{{db.user}} {{ nope.key }}");

        string text = await Db.ResolveAsync(template, new SecretResolveOptions { Missing = SecretMissingReferences.LeaveInPlace });

        Assert.That(text, Is.EqualTo("ada {{nope.key}}"));
    }

    [Test]
    public async Task One_template_of_a_batch_fails_alone()
    {
        FewSecrets client = Db;

        IReadOnlyList<SecretTemplateResult> results = await client.ResolveAllAsync(
            [SecretTemplate.Parse("{{nope.key}}"), SecretTemplate.Parse("{{db.user}}"), SecretTemplate.Parse("text")]);

        Assert.Multiple(() =>
        {
            Assert.That(results[0].Error!.Problems, Has.Count.EqualTo(1));
            Assert.That(results[1].Text, Is.EqualTo("ada"));
            Assert.That(results[2].Text, Is.EqualTo("text"));
            Assert.That(client.Gets, Is.EqualTo(1));
        });
    }

    [Test]
    public void Binary_values_need_base64()
    {
        FewSecrets client = new FewSecrets().With("keytab", new() { ["value"] = SecretValue.FromBytes([0xff, 0x00, 0xfe]) });

        Assert.ThrowsAsync<SecretResolutionException>(async () => await client.ResolveAsync("${keytab}"));
        Assert.That(async () => await client.ResolveAsync("{{keytab.value | base64}}"), Is.EqualTo("/wD+"));
    }
}
