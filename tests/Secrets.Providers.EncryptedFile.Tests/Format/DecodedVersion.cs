namespace Secrets.Providers.EncryptedFile.Tests.Format;

/// <summary>One version as the independent decoder reads it, for people and for vectors.</summary>
internal sealed record DecodedVersion(ulong Version, string State, string? Type, string? Description, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, string>? ValuesBase64);
