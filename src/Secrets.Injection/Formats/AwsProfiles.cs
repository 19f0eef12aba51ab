namespace Secrets;

/// <summary>AWS's shared config and credentials files.</summary>
internal static class AwsProfiles
{
    internal const string Default = "default";

    /// <summary>The profiles that the credentials file has; refused if it has none.</summary>
    internal static IReadOnlyList<string> Check(string config, string credentials)
    {
        IniFile.Parse(config, "The AWS config file", "aws-config");
        IniFile profiles = IniFile.Parse(credentials, "The AWS credentials file", "aws-credentials");
        if (profiles.SectionNames.Count == 0)
            throw FormatErrors.Refused("The AWS credentials file", "it has no profile. Write [default] with aws_access_key_id and aws_secret_access_key under it (`aws configure` does).", "aws-no-profile");
        return profiles.SectionNames;
    }

    /// <summary>The profile to use: the one asked for, the only one, or <c>default</c>.</summary>
    internal static string Choose(IReadOnlyList<string> profiles, string? asked)
    {
        string choices = string.Join(", ", profiles);
        if (asked is not null)
        {
            return profiles.Contains(asked, StringComparer.Ordinal)
                ? asked
                : throw FormatErrors.Refused($"The profile '{asked}'", $"the AWS credentials file does not have it. It has: {choices}.", "aws-unknown-profile");
        }

        if (profiles.Count == 1) return profiles[0];
        return profiles.Contains(Default, StringComparer.Ordinal)
            ? Default
            : throw FormatErrors.Refused("The AWS credentials file", $"it has several profiles and none is called default. Name one of: {choices}.", "aws-ambiguous-profile");
    }
}
