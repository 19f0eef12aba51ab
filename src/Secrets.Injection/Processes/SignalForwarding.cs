using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>
/// Sends the signals that this process gets to the child, once. One that comes while no child is there, at the start or between two of them, is
/// kept for the next. Ctrl-C is left alone where the terminal sends it to the child as well.
/// </summary>
internal sealed class SignalForwarding : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly List<int> _kept = [];
    private ChildProcess? _child;

    internal SignalForwarding()
    {
        if (OperatingSystem.IsWindows()) return;
        int user1 = OperatingSystem.IsMacOS() ? 30 : 10;
        int user2 = OperatingSystem.IsMacOS() ? 31 : 12;
        Register(PosixSignal.SIGHUP, 1);
        Register(PosixSignal.SIGINT, 2);
        Register(PosixSignal.SIGQUIT, 3);
        Register(PosixSignal.SIGTERM, 15);
        Register((PosixSignal)user1, user1);
        Register((PosixSignal)user2, user2);
    }

    internal void SendTo(ChildProcess? child)
    {
        lock (_lock)
        {
            _child = child;
            if (child is null) return;
            foreach (int signal in _kept) child.Signal(signal);
            _kept.Clear();
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void Register(PosixSignal signal, int number)
    {
        if (OperatingSystem.IsWindows()) return;
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            // This process lives on until the child has ended, and then ends as it did.
            context.Cancel = true;
            lock (_lock)
            {
                bool byTerminal = number is 2 or 3 && _child is { HasTerminal: false } && NativeTerminal.SendsInterrupts;
                if (byTerminal) return;
                if (_child is null) _kept.Add(number);
                else _child.Signal(number);
            }
        }));
    }
}
