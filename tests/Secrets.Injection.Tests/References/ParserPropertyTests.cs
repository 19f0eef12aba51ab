using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Injection.Tests.References;

/// <summary>
/// One million parser executions a run. <c>SECRETS_SOAK=100</c> makes it a hundred million; a failure names the seed and the text, so that
/// it can become a row of the table in docs/references.md.
/// </summary>
internal sealed class ParserPropertyTests
{
    private const int PerSeed = 1000;

    private static int Factor => int.TryParse(Environment.GetEnvironmentVariable("SECRETS_SOAK"), out int factor) ? Math.Max(1, factor) : 1;

    [Test]
    public void Parsing_never_crashes_and_what_parses_formats_and_parses_to_the_same() => ForSeeds(500 * Factor, (random, seed) =>
    {
        for (int i = 0; i < PerSeed; i++)
        {
            string text = random.Text();
            SecretTemplateOptions options = new() { Syntaxes = random.Syntaxes() };
            if (!SecretTemplate.TryParse(text, options, out SecretTemplate? template, out SecretException? error))
            {
                if (error.Code != SecretErrorCode.MalformedReference || error.Reason is null) Assert.Fail($"seed {seed}: {text} gives {error}");
                continue;
            }

            if (!SecretTemplate.Parse(template.Format(), options).Equals(template)) Assert.Fail($"seed {seed}: {text} does not survive Format");
        }
    });

    [Test]
    public void An_escaped_text_is_the_literal_text() => ForSeeds(250 * Factor, (random, seed) =>
    {
        for (int i = 0; i < PerSeed; i++)
        {
            string text = random.Text();
            SecretSyntaxes syntaxes = random.Syntaxes();
            SecretTemplate template = SecretTemplate.Parse(SecretTemplate.Escape(text, syntaxes), new SecretTemplateOptions { Syntaxes = syntaxes });
            if (template.HasReferences || string.Concat(template.Segments) != text) Assert.Fail($"seed {seed}: {text} does not survive Escape");
        }
    });

    [Test]
    public void Any_template_put_together_by_code_formats_and_parses_to_the_same() => ForSeeds(250 * Factor, (random, seed) =>
    {
        for (int i = 0; i < PerSeed; i++)
        {
            SecretTemplate template = random.Template();
            string text = template.Format();
            if (!SecretTemplate.Parse(text).Equals(template)) Assert.Fail($"seed {seed}: {text} is another template");
        }
    });

    [Test]
    public void Any_string_at_all_survives_escaping() => Prop.ForAll<string?>(generated =>
    {
        string text = generated ?? "";
        return string.Concat(SecretTemplate.Parse(SecretTemplate.Escape(text)).Segments) == text;
    }).QuickCheckThrowOnFailure();

    [Test]
    public async Task A_resolved_value_is_never_parsed()
    {
        RandomTexts random = new(3);
        for (int i = 0; i < 20_000 * Factor; i++)
        {
            string value = string.Concat(random.Text().EnumerateRunes());
            FewSecrets client = new FewSecrets { IsWarm = i % 2 == 0 }.With("a", new() { ["b"] = value });
            if (await client.ResolveAsync("<{{a.b}}{{a.b}}$") != $"<{value}{value}$") Assert.Fail($"{value} was read as a template");
        }
    }

    [Test]
    public void A_lone_surrogate_survives_escaping() =>
        Assert.That(SecretTemplate.Parse(SecretTemplate.Escape("\ud800{{\udc00")).Segments.Single().ToString(), Is.EqualTo("\ud800{{\udc00"));

    private static void ForSeeds(int seeds, Action<RandomTexts, int> body) =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed => body(new RandomTexts(seed), seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(seeds).WithQuietOnSuccess(true));
}
