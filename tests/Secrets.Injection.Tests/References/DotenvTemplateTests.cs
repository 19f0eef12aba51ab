namespace Secrets.Injection.Tests.References;

internal sealed class DotenvTemplateTests
{
    private static FewSecrets Client(string value) => new FewSecrets().With("db", new() { ["user"] = value });

    [TestCase("A={{db.user}}", "A=\"x\"")]
    [TestCase("export A = {{db.user}} # {{comment}}", "export A = \"x\" # {{comment}}")]
    [TestCase("A: pre-{{db.user}}-$HOST-\\$NOT-\\n-\"", "A: \"pre-x-$HOST-\\$NOT-\\\\n-\\\"\"")]
    [TestCase("A=\"{{db.user}} \\\" $HOST\" # c", "A=\"x \\\" $HOST\" # c")]
    [TestCase("A='{{db.user}} $HOST \"'", "A=\"x \\$HOST \\\"\"")]
    [TestCase("A=\"one\n{{ db.nope ?? \"#\" }}\"\nB=<<db.user>>", "A=\"one\n#\"\nB=\"x\"")]
    [TestCase("# {{comment}}\r\nnot a pair {{either\r\nA=${HOME}\r\nB=$<db>\r\n", "# {{comment}}\r\nnot a pair {{either\r\nA=${HOME}\r\nB=\"x\"\r\n")]
    [TestCase("A=\\{{db.user}}", "A=\"{{db.user}}\"")]
    public async Task A_value_with_a_reference_becomes_double_quoted(string text, string expected) =>
        Assert.That(await Client("x").ResolveAsync(SecretTemplate.ParseDotenv(text)), Is.EqualTo(expected));

    [Test]
    public async Task Nothing_a_value_holds_ends_it_or_is_substituted() =>
        Assert.That(
            await Client("a\"b\\c\n$HOME#'\r").ResolveAsync(SecretTemplate.ParseDotenv("A={{db.user}}\nB=1")),
            Is.EqualTo("A=\"a\\\"b\\\\c\\n\\$HOME#'\\r\"\nB=1"));

    [Test]
    public void A_quote_that_is_never_closed_is_an_error_with_its_place()
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.ParseDotenv("A=1\nB='{{db.user}}\n"))!;

        Assert.That((error.Reason, error.Message[..12]), Is.EqualTo(("dotenv", "text:2:3: th")));
    }

    [TestCase(".env", SecretTemplateMode.Dotenv)]
    [TestCase("/a/.env.local", SecretTemplateMode.Dotenv)]
    [TestCase("app.env.tmpl", SecretTemplateMode.Dotenv)]
    [TestCase("appsettings.json", SecretTemplateMode.Json)]
    [TestCase("job.YML", SecretTemplateMode.Yaml)]
    [TestCase("nginx.conf.template", SecretTemplateMode.Text)]
    public void The_mode_follows_the_name_of_the_file(string path, SecretTemplateMode mode) =>
        Assert.That(SecretTemplateMode.ForFile(path), Is.EqualTo(mode));
}
