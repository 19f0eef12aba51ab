using System.Globalization;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>The long versions of tests, which eng/soak.sh asks for by environment variables.</summary>
internal static class Soak
{
    internal static bool IsLong(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    internal static int Scaled(string variable, int perRun) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : perRun;
}
