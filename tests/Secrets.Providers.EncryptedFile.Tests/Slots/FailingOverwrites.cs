using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Slots;

/// <summary>A medium on which what was written before cannot be overwritten while this is armed: every write behind the next sync of the store fails.</summary>
internal sealed class FailingOverwrites
{
    private volatile bool _armed;
    private volatile bool _committed;

    internal IFileOperations Files => new InterceptedFileOperations(PhysicalFileOperations.Instance, step =>
    {
        if (!_armed || !step.Path.EndsWith(".secrets", StringComparison.Ordinal))
            return;
        if (step is { Call: FileCall.Write, IsBefore: true } && _committed)
            throw new IOException("Input/output error", 5);
        _committed |= step is { Call: FileCall.Sync, IsBefore: false };
    });

    internal void Arm()
    {
        _committed = false;
        _armed = true;
    }

    internal void Disarm() => _armed = false;
}
