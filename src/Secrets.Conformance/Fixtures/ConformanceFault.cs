namespace Secrets.Conformance;

/// <summary>A fault that a fixture may be able to provoke in its backend. Each has one right answer, which the suites assert.</summary>
public enum ConformanceFault
{
    /// <summary>The credential may not read the value. Right: the entry is <see cref="SecretReadStatus.Denied"/>.</summary>
    Denied = 0,

    /// <summary>
    /// The backend will not say whether the secret is missing or forbidden. Right: the entry is <see cref="SecretReadStatus.MissingOrDenied"/>.
    /// </summary>
    MissingOrDenied = 1,

    /// <summary>The credential is unknown or has ended. Right: <see cref="SecretErrorCode.Unauthenticated"/>.</summary>
    Unauthenticated = 2,

    /// <summary>
    /// The backend asks for fewer calls, and to wait <see cref="SecretStoreFixture.ThrottledFor"/>. Right: <see cref="SecretErrorCode.Throttled"/> with that
    /// <see cref="SecretException.RetryAfter"/>.
    /// </summary>
    Throttled = 3,

    /// <summary>The backend cannot be reached, or fails. Right: <see cref="SecretErrorCode.Unavailable"/>.</summary>
    Unavailable = 4,

    /// <summary>The backend does not answer in time. Right: <see cref="SecretErrorCode.TimedOut"/>.</summary>
    TimedOut = 5,

    /// <summary>What is stored is damaged. Right: <see cref="SecretErrorCode.Corrupted"/>, and nothing of it is returned.</summary>
    Corrupted = 6,

    /// <summary>The backend's own error repeats the value it was sent. Right: no part of the exception does.</summary>
    EchoesValue = 7,
}
