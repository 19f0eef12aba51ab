using System.Text;

namespace Secrets.Injection.Delivery.Tests.Processes;

/// <summary>Collects output, and acts when a word comes: a test waits for the process and not for time.</summary>
internal sealed class SignalStream(string word, Action act) : MemoryStream
{
    private int _seen;

    internal string Text => Encoding.UTF8.GetString(ToArray());

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        int count = Text.Split(word).Length - 1;
        for (; _seen < count; _seen++) act();
    }
}
