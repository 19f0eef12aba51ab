namespace Secrets.Injection.Tests.References;

/// <summary>Short texts are searched in another way than long ones: both find the same.</summary>
internal sealed class OpenerSearchTests
{
    private static readonly string Long = new('x', 300);

    [Test]
    public void Short_and_long_texts_are_searched_alike()
    {
        RandomTexts random = new(11);
        int found = 0;
        for (int i = 0; i < 50_000; i++)
        {
            string text = random.Text();
            SecretSyntaxes syntaxes = random.Syntaxes();
            int at = SecretOpeners.IndexIn(text, syntaxes);
            if (SecretOpeners.IndexIn(text + Long, syntaxes) != at) Assert.Fail($"{text} differs before a long text, with {syntaxes}");
            if (SecretOpeners.IndexIn(Long + text, syntaxes) != (at < 0 ? at : at + Long.Length)) Assert.Fail($"{text} differs behind a long text, with {syntaxes}");
            if (at >= 0) found++;
        }

        Assert.That(found, Is.InRange(10_000, 49_000), "both outcomes are met");
    }

    [Test]
    public void A_long_text_parses_to_what_its_short_pieces_parse_to()
    {
        RandomTexts random = new(12);
        for (int i = 0; i < 5_000; i++)
        {
            string text = random.Text();
            if (!SecretTemplate.TryParse(text, out SecretTemplate? alone)) continue;
            SecretTemplate padded = SecretTemplate.Parse($"{Long} {text} {Long}");
            Assert.That(padded.References, Is.EqualTo(alone.References), text);
        }
    }
}
