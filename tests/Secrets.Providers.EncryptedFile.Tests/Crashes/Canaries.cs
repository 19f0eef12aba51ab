namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

internal static class Canaries
{
    /// <summary>Nothing that a test writes as a value is to be found in any file.</summary>
    internal static void AssertNowhereIn(string directory)
    {
        foreach (string path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllBytes(path).AsSpan().IndexOf("canary-value"u8), Is.EqualTo(-1), path);
    }
}
