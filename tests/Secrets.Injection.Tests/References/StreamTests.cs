using System.Text;

namespace Secrets.Injection.Tests.References;

[NonParallelizable]
internal sealed class StreamTests
{
    private static FewSecrets Client => new FewSecrets()
        .With("a", new() { ["b"] = "v\ud83d\ude00" })
        .With("A", new() { ["only"] = "w" })
        .With("a.b", new() { ["c"] = "q" })
        .With("name0", new() { ["k"] = "n" });

    [Test]
    public async Task Any_text_resolves_as_it_does_in_one_piece()
    {
        // Cut anywhere: the same text is moved across the boundary of the first chunk one char at a time.
        const string Tricky = "\\{{x}} \\\\\\\\{{a.b}}{{ a.b ?? \"\\u00e9\\\"\" | url }}${A}$<A>${{a.b}}{{{a.b}}}<<<a.b>>>é\ud83d\ude00{{\"a.b\".c}}\\\\{ $ <";
        string expected = await Client.ResolveAsync(Tricky);
        int boundary = (32 + 16) * 1024;

        for (int before = boundary - Tricky.Length - 2; before <= boundary + 2; before++)
        {
            string padding = new('x', before);
            using MemoryStream output = new();
            await Client.ResolveAsync(new MemoryStream(Encoding.UTF8.GetBytes(padding + Tricky + padding + Tricky)), output);
            if (Encoding.UTF8.GetString(output.ToArray()) != padding + expected + padding + expected) Assert.Fail($"It differs with {before} chars before it.");
        }
    }

    [Test]
    public async Task Memory_does_not_grow_with_the_text()
    {
        await ResolveAsync(1 << 20);

        long small = await ResolveAsync(1 << 20);
        long large = await ResolveAsync(1 << 24);

        // What is alive at once is bounded; what passes through is proportional to the text: a string per piece.
        Assert.That(large, Is.LessThanOrEqualTo(small + (1 << 20)));
    }

    [TestCase(true, 0)]
    [TestCase(false, 40_000)]
    public void A_missing_reference_is_found_before_anything_is_written_if_the_input_can_seek(bool seeks, int atLeast)
    {
        byte[] text = Encoding.UTF8.GetBytes(new string('x', 40_000) + "\n\n" + new string('x', 60_000) + "\n {{no.no}} {{no.yes}}\n{{no.no}}");
        using MemoryStream output = new();
        Stream input = seeks ? new MemoryStream(text) : new OneWayStream(text);

        SecretResolutionException error = Assert.ThrowsAsync<SecretResolutionException>(
            async () => await Client.ResolveAsync(input, output, new SecretTemplateOptions { Source = "big.txt" }))!;

        Assert.That(error.Problems[0].Places.Select(place => place.ToString()), Is.EqualTo(new[] { "big.txt:4:2", "big.txt:5:1" }));
        Assert.That(output.Length, seeks ? Is.Zero : Is.GreaterThanOrEqualTo(atLeast));
    }

    [Test]
    public void A_malformed_reference_far_inside_has_its_place()
    {
        string text = string.Concat(Enumerable.Repeat("line {{a.b}}\n", 100_000)) + "  {{oops}}";

        SecretException error = Assert.ThrowsAsync<SecretException>(
            async () => await Client.ResolveAsync(new OneWayStream(Encoding.UTF8.GetBytes(text)), Stream.Null))!;

        Assert.That((error.Code, error.Message[..16]), Is.EqualTo((SecretErrorCode.MalformedReference, "text:100001:9: t")));
    }

    [TestCase("{")]
    [TestCase("\\")]
    [TestCase("{{a.b ?? \"")]
    [TestCase("{{a.")]
    public void A_reference_without_end_is_refused_and_not_collected(string start)
    {
        string text = start + new string(start[0] is '{' && start.Length > 1 ? 'x' : start[0], 1 << 18);

        Assert.That(
            async () => await Client.ResolveAsync(new OneWayStream(Encoding.UTF8.GetBytes(text + "{{a.b}}")), Stream.Null),
            Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("too-long"));
    }

    [Test]
    public void What_is_not_utf8_is_refused() => Assert.That(
        async () => await Client.ResolveAsync(new MemoryStream([0x41, 0xff, 0x41]), Stream.Null),
        Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("not-utf8"));

    [Test]
    public async Task A_byte_order_mark_and_an_empty_text_pass_unchanged([Values("", "\ufeffa")] string text)
    {
        using MemoryStream output = new();

        await Client.ResolveAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), output);

        Assert.That(output.ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes(text)));
    }

    private static async Task<long> ResolveAsync(int length)
    {
        using EndlessText input = new(length);
        await Client.ResolveAsync(input, input.Sink);
        return input.Sink.MostAlive;
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    /// <summary>Makes its text while it is read, so that only the resolver's own memory counts.</summary>
    private sealed class EndlessText(int length) : Stream
    {
        private static readonly byte[] Line = "some text {{a.b}} and more of it ${A}\n"u8.ToArray();
        private int _at;

        public MeasuringSink Sink { get; } = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(count, length - _at);
            for (int i = 0; i < read; i++)
                buffer[offset + i] = Line[(_at + i) % Line.Length];
            _at += read;
            // Never cut the last line inside a reference.
            if (_at >= length)
                buffer.AsSpan(offset, read)[^Math.Min(read, 40)..].Fill((byte)' ');
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private sealed class MeasuringSink : MemoryStream
    {
        private int _writes;

        public long MostAlive { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_writes++ % 32 == 0) MostAlive = Math.Max(MostAlive, GC.GetTotalMemory(forceFullCollection: true));
            return default;
        }
    }
}
