namespace Secrets;

/// <summary>One value that was read, whose properties the backend keeps elsewhere.</summary>
/// <param name="Native">The secret's native name.</param>
/// <param name="Version">The version that was read.</param>
/// <param name="Address">The secret's address.</param>
internal readonly record struct NativeValue(string Native, string Version, SecretAddress Address);
