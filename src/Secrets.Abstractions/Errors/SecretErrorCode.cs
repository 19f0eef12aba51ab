namespace Secrets;

/// <summary>What went wrong, in one stable number. Numbers never change meaning; new ones are only added.</summary>
public enum SecretErrorCode
{
    /// <summary>Not classified. The inner exception says more.</summary>
    Unknown = 0,

    /// <summary>No such secret at this address, for this caller. The only outcome that a scope chain falls through on.</summary>
    NotFound = 1,

    /// <summary>The secret exists; the key does not.</summary>
    KeyNotFound = 2,

    /// <summary>The address is taken, and the write asked for it to be free.</summary>
    AlreadyExists = 3,

    /// <summary>The secret is not at the version that the write expected: somebody else wrote in between.</summary>
    Conflict = 4,

    /// <summary>The caller, or the credential of the store, may not do this.</summary>
    Denied = 5,

    /// <summary>The store does not know who is asking: no credential, or one that has ended or is wrong (a wrong key included).</summary>
    Unauthenticated = 6,

    /// <summary>A name, key, value, option or other input breaks a rule. Trying again does not help.</summary>
    InvalidArgument = 7,

    /// <summary>The store, or the format it found, cannot do this. The message names the store and the capability.</summary>
    Unsupported = 8,

    /// <summary>The store asks for fewer calls. See <see cref="SecretException.RetryAfter"/>.</summary>
    Throttled = 9,

    /// <summary>The store cannot be reached, or cannot work now (network, disk, lock).</summary>
    Unavailable = 10,

    /// <summary>The store did not answer in time.</summary>
    TimedOut = 11,

    /// <summary>Stored data is damaged, was tampered with, or was rolled back. Nothing of it is returned.</summary>
    Corrupted = 12,

    /// <summary>Only a value older than the allowed staleness is at hand. The inner exception is the last cause.</summary>
    Stale = 13,

    /// <summary>Several secrets match where one is needed; the message lists them.</summary>
    Ambiguous = 14,

    /// <summary>A reference in a template does not parse; the message has source, line and column.</summary>
    MalformedReference = 15,

    /// <summary>References that a host, template or plan needs do not resolve; the exception carries the report.</summary>
    ValidationFailed = 16,
}
