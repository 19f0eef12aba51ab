namespace Secrets.Providers.Encryption.Tests;

/// <summary>One published record; all bytes as lower-case hexadecimal.</summary>
internal sealed record SealedRecordVector(string Comment, bool Valid, string Key, string HedgeKey, string Random, string Context, string Plaintext, string Record);
