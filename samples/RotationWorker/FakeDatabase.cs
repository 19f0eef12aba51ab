namespace Secrets.Samples.RotationWorker;

/// <summary>Accepts the passwords that it was told, as a database does while a rotation overlaps: the new one and the one before.</summary>
internal sealed class FakeDatabase(SecretValue first)
{
    private readonly Lock _gate = new();
    private SecretValue _current = first;
    private SecretValue? _previous;

    public void ChangePassword(SecretValue next)
    {
        lock (_gate)
            (_previous, _current) = (_current, next);
    }

    public void EndOverlap()
    {
        lock (_gate)
            _previous = null;
    }

    public bool LogIn(SecretValue password)
    {
        lock (_gate)
            return password == _current || password == _previous;
    }
}
