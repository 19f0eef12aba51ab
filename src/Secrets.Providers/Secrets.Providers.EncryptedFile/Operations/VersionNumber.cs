using System.Globalization;

namespace Secrets;

/// <summary>Versions are numbers inside and opaque text outside.</summary>
internal static class VersionNumber
{
    internal static SecretVersion Format(ulong number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number of a version; 0, which no version has, for what this store never gave.</summary>
    internal static ulong Parse(SecretVersion version) =>
        ulong.TryParse(version.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : 0;
}
