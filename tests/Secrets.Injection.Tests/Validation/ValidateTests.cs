using Secrets.Injection.Tests.References;

namespace Secrets.Injection.Tests.Validation;

internal sealed class ValidateTests
{
    private static FewSecrets Db => new FewSecrets().With("db", new() { ["user"] = "ada", ["password"] = "canary" });

    private static SecretTemplate Template(string text, string source) => SecretTemplate.Parse(text, new SecretTemplateOptions { Source = source });

    [Test]
    public async Task None_makes_no_call()
    {
        FewSecrets client = Db;

        SecretValidationReport report = await client.ValidateAsync(Template("{{nope.key}}", "a"), SecretValidationLevel.None);

        Assert.That(report.IsValid, Is.True);
        Assert.That(client.Gets + client.Describes + client.Lists, Is.Zero);
    }

    [Test]
    public async Task SecretExists_reads_no_value_and_does_not_look_at_keys()
    {
        FewSecrets client = Db;

        SecretValidationReport report = await client.ValidateAsync(Template("{{db.nope}}", "a"), SecretValidationLevel.SecretExists);

        Assert.That(report.IsValid, Is.True);
        Assert.That((client.Gets, client.Describes), Is.EqualTo((0, 1)));
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task SecretAndKeyExists_reads_only_where_key_names_are_not_kept(bool keepsKeyNames, int reads)
    {
        FewSecrets client = Db.With("other", new() { ["k"] = "v" });
        client.KeepsKeyNames = keepsKeyNames;

        SecretValidationReport report = await client.ValidateAsync(Template("{{db.user}} {{other.nope}}", "a"));

        Assert.That(report.Problems.Single().QualifiedName, Is.EqualTo("other.nope"));
        Assert.That(client.Gets, Is.EqualTo(reads));
    }

    [Test]
    public async Task One_report_lists_every_missing_reference_and_every_place()
    {
        SecretValidationReport report = await Db.ValidateAsync(
        [
            Template("{{db.pasword}}\n{{bd.user}}", "one.env"),
            Template("{{db.user}} {{bd.user}} ${HF_TOKEN} {{maybe.there ?? \"x\"}}", "two.env"),
        ]);

        Assert.That(report.ToString(), Is.EqualTo("""
            3 secret references are at fault (SECRET_AND_KEY_EXISTS):
              db.pasword: the secret 'db' (team, public) has no key 'pasword'. Its keys are: user, password. Did you mean password?
                at one.env:1:1
                secrets update db --pasword=@FILE
              bd.user: there is no secret 'bd'. Did you mean db?
                at one.env:2:1
                at two.env:1:13
                secrets create bd --user=@FILE
              HF_TOKEN: there is no secret 'HF_TOKEN'.
                at two.env:1:25
                secrets create HF_TOKEN --value=@FILE
            """));
        SecretValidationException error = Assert.Throws<SecretValidationException>(report.ThrowIfInvalid)!;
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.ValidationFailed));
        Assert.That(error.Message, Is.EqualTo(report.ToString()));
    }

    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.Unavailable)]
    public async Task A_secret_that_cannot_be_had_is_reported_as_such_even_with_a_default(SecretErrorCode code)
    {
        FewSecrets client = Db.Failing("db", code);

        SecretValidationReport report = await client.ValidateAsync(Template("{{db.user ?? \"x\"}}", "a"));

        Assert.That(report.Problems.Single().Code, Is.EqualTo(code));
    }
}
