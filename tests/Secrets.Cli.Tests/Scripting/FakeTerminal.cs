using System.Text;
using Secrets.Cli.Terminals;

namespace Secrets.Cli.Tests.Scripting;

/// <summary>A terminal without a terminal: input from a script, output kept.</summary>
internal sealed class FakeTerminal(string input, Queue<string>? answers) : ITerminal
{
    private readonly MemoryStream _output = new();

    public TextWriter Out { get; } = new StringWriter { NewLine = "\n" };

    public TextWriter Error { get; } = new StringWriter { NewLine = "\n" };

    public bool CanAsk => answers is not null;

    public bool IsOutputTerminal => answers is not null;

    public bool IsErrorTerminal => answers is not null;

    public int Width { get; init; } = 120;

    public int ErrorWidth => Width;

    public string OutText => Out.ToString() + Encoding.UTF8.GetString(_output.ToArray());

    public string ErrorText => Error.ToString()!;

    public Stream OpenInput() => new MemoryStream(Encoding.UTF8.GetBytes(input));

    public Stream OpenOutput() => new Unclosed(_output);

    public string? Ask(string question)
    {
        Error.WriteLine(question.TrimEnd());
        return answers!.TryDequeue(out string? answer) ? answer : null;
    }

    public SecretValue? AskUnechoed(string question)
    {
        Error.WriteLine(question.TrimEnd());
        return answers!.TryDequeue(out string? answer) ? SecretValue.FromString(answer) : null;
    }

    // Whoever opens standard output may close it; what was written stays to be read.
    private sealed class Unclosed(MemoryStream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
