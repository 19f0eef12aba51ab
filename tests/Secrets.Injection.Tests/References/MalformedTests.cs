namespace Secrets.Injection.Tests.References;

internal sealed class MalformedTests
{
    [TestCase("{{", "unclosed", 1)]
    [TestCase("ab {{a.b} }", "unexpected", 9)]
    [TestCase("{{a.b", "unclosed", 1)]
    [TestCase("{{ project:", "unclosed", 1)]
    [TestCase("{{a.b | ur", "unclosed", 1)]
    [TestCase("1 << 2", "unclosed", 3)]
    [TestCase("{{}}", "empty", 3)]
    [TestCase("{{ }}", "empty", 4)]
    [TestCase("{{name}}", "no-key", 7)]
    [TestCase("{{name.}}", "no-key", 8)]
    [TestCase("{{name | url}}", "no-key", 8)]
    [TestCase("{{name .key}}", "space-at-dot", 8)]
    [TestCase("{{name. key}}", "space-at-dot", 8)]
    [TestCase("{{.key}}", "unexpected", 3)]
    [TestCase("{{na me.key}}", "unexpected", 5)]
    [TestCase("{{#each}}", "unexpected", 3)]
    [TestCase("{{a.b ?? x}}", "default", 10)]
    [TestCase("{{a.b ?? \"x}}", "unclosed-quote", 10)]
    [TestCase("{{a.b ?? \"x\ny\"}}", "bad-text", 12)]
    [TestCase("{{a.b ?? \"\\q\"}}", "bad-escape", 11)]
    [TestCase("{{a.b ?? \"\\u12\"}}", "bad-escape", 11)]
    [TestCase("{{a.b ?? \"\\ud800\"}}", "bad-text", 10)]
    [TestCase("{{\"\".b}}", "empty", 3)]
    [TestCase("{{a.b @}}", "version", 8)]
    [TestCase("{{a.b | nope}}", "unknown-encoder", 9)]
    [TestCase("{{a.b | }}", "unknown-encoder", 9)]
    [TestCase("{{a.b | url | json}}", "unexpected", 13)]
    [TestCase("{{a.b | url ?? \"x\"}}", "unexpected", 13)]
    [TestCase("{{Project:a.b}}", "scope-kind", 3)]
    [TestCase("{{team:x:a.b}}", "unexpected", 9)]
    [TestCase("${}", "unexpected", 3)]
    [TestCase("${1}", "unexpected", 3)]
    [TestCase("${A-B}", "unexpected", 4)]
    [TestCase("${A:-x}", "unexpected", 4)]
    [TestCase("${A", "unclosed", 1)]
    [TestCase("$< A>", "unexpected", 3)]
    public void A_malformed_reference_is_an_error_with_its_place(string text, string reason, int column)
    {
        bool parsed = SecretTemplate.TryParse("first\n" + text, new SecretTemplateOptions { Source = "job.txt" }, out SecretTemplate? template, out SecretException? error);

        Assert.Multiple(() =>
        {
            Assert.That(parsed, Is.False);
            Assert.That(template, Is.Null);
            Assert.That(error!.Code, Is.EqualTo(SecretErrorCode.MalformedReference));
            Assert.That(error!.Reason, Is.EqualTo(reason));
            Assert.That(error!.Message, Does.StartWith($"job.txt:2:{column}: "));
        });
    }

    [Test]
    public void The_message_says_what_to_write()
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.Parse("<<name>>"))!;

        Assert.That(error.Message, Is.EqualTo(
            "text:1:7: the reference names no key; write <<name.key>>, or ${NAME} for the only value of a secret. If << is meant as text, write \\<< or switch the syntax off."));
    }

    [Test]
    public void In_configuration_the_message_gives_the_path()
    {
        SecretTemplateOptions options = SecretTemplateOptions.Configuration with { Path = "Mlflow:Uri", Source = "appsettings.json" };

        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.Parse("{{x}}", options))!;

        Assert.That(error.Message, Does.StartWith("Mlflow:Uri (appsettings.json): "));
    }

    [Test]
    public void An_unknown_encoder_is_told_the_known_ones()
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.Parse("{{a.b | urlencode}}"))!;

        Assert.That(error.Message, Does.Contain("'urlencode'").And.Contain("base64, connection-string, json, shell, url, xml"));
    }
}
