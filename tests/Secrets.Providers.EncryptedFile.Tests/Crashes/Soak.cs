using System.Globalization;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>The long versions of tests, which eng/soak.sh asks for by environment variables.</summary>
internal static class Soak
{
    private static readonly Lock Gate = new();

    internal static bool IsLong(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    internal static int Scaled(string variable, int perRun) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : perRun;

    /// <summary>Says what a run came to: to whoever reads its output, and in the long run to the file from which the summary is made.</summary>
    internal static void Report(string summary)
    {
        TestContext.Out.WriteLine(summary);
        if (Environment.GetEnvironmentVariable("SECRETS_SOAK_REPORT") is not { Length: > 0 } report)
            return;
        lock (Gate)
        {
            File.AppendAllText(report, summary + Environment.NewLine);
        }
    }
}
