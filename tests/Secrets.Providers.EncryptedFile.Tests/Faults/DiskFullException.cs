namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>The disk is full. Thrown before a write to a <see cref="SimulatedDisk"/>, it comes after half of the bytes.</summary>
internal sealed class DiskFullException() : IOException("No space left on device", 28);
