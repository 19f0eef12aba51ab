namespace Secrets.Providers.EncryptedFile.Tests.Format;

internal sealed record DecodedSecret(string Scope, string? Owner, string Name, bool IsDeleted, List<DecodedVersion> Versions);
