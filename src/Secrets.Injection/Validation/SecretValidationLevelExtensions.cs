namespace Secrets;

/// <summary>Levels as text, and the environment variable that sets one.</summary>
public static class SecretValidationLevelExtensions
{
    /// <summary>The environment variable that sets the level of a host.</summary>
    public const string EnvironmentVariable = "SECRETS_VALIDATION_LEVEL";

    extension(SecretValidationLevel level)
    {
        /// <summary>Reads a level: <c>NONE</c>, <c>SECRET_EXISTS</c> or <c>SECRET_AND_KEY_EXISTS</c>, in any case, with or without underscores.</summary>
        /// <param name="text">The text.</param>
        /// <returns>The level.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: none of the three.</exception>
        public static SecretValidationLevel Parse(string text) => Parse(text, "The validation level");

        /// <summary>Reads the level from <see cref="EnvironmentVariable"/>.</summary>
        /// <param name="fallback">What holds when the variable is not set or empty. Default <see cref="SecretValidationLevel.SecretAndKeyExists"/>.</param>
        /// <returns>The level.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the variable holds none of the three.</exception>
        public static SecretValidationLevel FromEnvironment(SecretValidationLevel fallback = SecretValidationLevel.SecretAndKeyExists) =>
            Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } text ? Parse(text, $"The environment variable {EnvironmentVariable}") : fallback;

        /// <summary>The level as settings and the environment variable write it.</summary>
        /// <returns><c>NONE</c>, <c>SECRET_EXISTS</c> or <c>SECRET_AND_KEY_EXISTS</c>.</returns>
        public string ToSetting() => level switch
        {
            SecretValidationLevel.None => "NONE",
            SecretValidationLevel.SecretExists => "SECRET_EXISTS",
            _ => "SECRET_AND_KEY_EXISTS",
        };
    }

    private static SecretValidationLevel Parse(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "NONE" => SecretValidationLevel.None,
            "SECRETEXISTS" => SecretValidationLevel.SecretExists,
            "SECRETANDKEYEXISTS" => SecretValidationLevel.SecretAndKeyExists,
            _ => throw new SecretException(
                SecretErrorCode.InvalidArgument,
                $"{what} is '{text}', which is none of NONE, SECRET_EXISTS and SECRET_AND_KEY_EXISTS. Set it to one of these three.")
            {
                Reason = "validation-level",
            },
        };
    }
}
