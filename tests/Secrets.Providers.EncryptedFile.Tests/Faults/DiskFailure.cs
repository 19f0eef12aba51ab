namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>The ways in which a call to the file system fails, and what the store makes of each.</summary>
internal static class DiskFailure
{
    // What these say is about a key or about what is left to do; the failure itself is inside.
    private static readonly string[] Wrapping = ["key-file-unwritable", "key-file-unreadable", "not-overwritten"];

    private static readonly Dictionary<string, Func<Exception>> Failures = new()
    {
        ["ENOSPC"] = () => new IOException("No space left on device", 28),
        // Half of what was being written is there.
        ["ENOSPC-half"] = () => new DiskFullException(),
        ["EIO"] = () => new IOException("Input/output error", 5),
        ["EACCES"] = () => new UnauthorizedAccessException("Permission denied"),
        ["EROFS"] = () => new IOException("Read-only file system", 30),
        ["EMFILE"] = () => new IOException("Too many open files", 24),
    };

    private static readonly Dictionary<string, string[]> Reasons = new()
    {
        ["ENOSPC"] = ["disk-full"],
        ["ENOSPC-half"] = ["disk-full"],
        ["EIO"] = ["io-error"],
        ["EACCES"] = ["access-denied", "read-only"],
        ["EROFS"] = ["read-only"],
        ["EMFILE"] = ["too-many-open-files"],
    };

    internal static Exception Make(string kind) => Failures[kind]();

    internal static void AssertTyped(SecretException error, string kind, string where)
    {
        Assert.That(error.Reason, Is.AnyOf([.. Reasons[kind], .. Wrapping]), $"{where}: {error}");
        if (Wrapping.Contains(error.Reason))
            Assert.That(error.InnerException?.Message, Is.EqualTo(Make(kind).Message), where);
    }
}
