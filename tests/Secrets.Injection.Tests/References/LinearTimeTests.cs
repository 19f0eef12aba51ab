namespace Secrets.Injection.Tests.References;

/// <summary>
/// That parsing is linear is shown by what it does, not by a clock: openers never overlap, so no char belongs to two of them, and twice the
/// text costs twice the memory.
/// </summary>
internal sealed class LinearTimeTests
{
    private const int Mebi = 1 << 20;

    private static readonly string[] Hostile =
    [
        "{", "{{", "{{{{ ", "<<<", "$", "${", "$<", "$$${", "\\", "\\{", "\\{{", "\\\\{{a.b}}", "{ ", "{{a", "{{a.b}", "{{a.b}}", "${A}", "{{\"", "{{\"\\", "{{a.b ??", "{{ \n", "a{{a.b}}\n",
    ];

    [TestCaseSource(nameof(Hostile))]
    public void Openers_never_overlap(string unit)
    {
        string text = Repeat(unit, Mebi);

        int at = 0;
        long looked = 0;
        while (SecretOpener.TryFind(text, at, SecretSyntaxes.All, out SecretOpener opener))
        {
            Assert.That(opener.EscapeStart >= at && opener.Start >= opener.EscapeStart && opener.Delimiter >= opener.Start && opener.End > at, Is.True);
            looked += opener.End - at;
            at = opener.End;
        }

        Assert.That(looked, Is.LessThanOrEqualTo(text.Length));
    }

    [TestCaseSource(nameof(Hostile))]
    public void Twice_the_text_takes_no_more_than_twice_the_memory(string unit)
    {
        Parse(Repeat(unit, 1 << 12));

        long one = Parse(Repeat(unit, Mebi / 2));
        long two = Parse(Repeat(unit, Mebi));

        // Lists grow by doubling, which makes the step from one to two uneven, and a small constant counts while nothing else does.
        Assert.That(two, Is.LessThanOrEqualTo((one * 3) + 10_000));
    }

    [Test]
    public void A_document_is_walked_once_for_its_places()
    {
        // Going back would throw here, so a parse that does not throw went forward only.
        SecretPlaceCounter places = new("a\nb\nc", SecretTemplateOptions.Default);
        Assert.That(places.At(4), Is.EqualTo(new SecretPlace(null, null, 4, 3, 1)));
        Assert.That(() => places.At(2), Throws.InstanceOf<ArgumentException>());
        Assert.That(places.Locate(2), Is.EqualTo(new SecretPlace(null, null, 2, 2, 1)));

        string line = "k: [{{a.b}}, '{{c.d}}', \"{{e.f}}\"]\n";
        Assert.That(SecretTemplate.ParseYaml(Repeat(line, Mebi)).References, Has.Count.EqualTo(3 * (Mebi / line.Length)));
        Assert.That(SecretTemplate.ParseDotenv(Repeat("A={{a.b}}\n", Mebi)).References, Has.Count.EqualTo(Mebi / 10));
        Assert.That(SecretTemplate.ParseJson($"[{Repeat("\"{{a.b}}\\n\",", Mebi)}]").References, Has.Count.EqualTo(Mebi / 12));
    }

    [TestCaseSource(nameof(Hostile))]
    public void A_mebibyte_of_hostile_text_has_an_answer(string unit)
    {
        bool parsed = SecretTemplate.TryParse(Repeat(unit, Mebi), null, out SecretTemplate? template, out SecretException? error);

        Assert.That(parsed ? template is not null : error!.Code == SecretErrorCode.MalformedReference, Is.True);
    }

    private static long Parse(string text)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        SecretTemplate.TryParse(text, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length));
}
