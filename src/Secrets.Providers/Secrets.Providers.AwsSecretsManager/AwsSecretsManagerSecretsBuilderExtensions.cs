using Amazon.Runtime;
using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>Adds AWS Secrets Manager to a client.</summary>
public static class AwsSecretsManagerSecretsBuilderExtensions
{
    /// <summary>Adds the store. Without settings, region and credential come from the SDK's chains.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Which service, as whom; null for the chains.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseAwsSecretsManager(this ISecretsBuilder builder, Action<AwsSecretsManagerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AwsSecretsManagerOptions options = new();
        configure?.Invoke(options);
        return builder.UseStore(_ => new AwsSecretsManagerSecretStore(options));
    }

    /// <summary>Adds the store with a ready credential.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="credentials">As whom.</param>
    /// <param name="configure">Which service; null for the SDK's region chain.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseAwsSecretsManager(this ISecretsBuilder builder, AWSCredentials credentials, Action<AwsSecretsManagerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return builder.UseAwsSecretsManager(options =>
        {
            options.Credentials = credentials;
            configure?.Invoke(options);
        });
    }

    /// <summary>
    /// Adds the store from settings: <c>Name</c>, <c>Region</c>, <c>ServiceUrl</c>, <c>Profile</c>, <c>Prefix</c>, <c>KmsKeyId</c>, <c>RecoveryWindowDays</c>,
    /// <c>ReadProperties</c>, <c>MaxConcurrency</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section that holds them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a setting that is unknown or not of its kind.</exception>
    public static ISecretsBuilder UseAwsSecretsManager(this ISecretsBuilder builder, IConfiguration section)
    {
        SettingsReader settings = SettingsReader.Of(section);
        return builder.UseAwsSecretsManager(options => Apply(settings, options));
    }

    internal static void Apply(SettingsReader settings, AwsSecretsManagerOptions options)
    {
        options.Name = settings.Text("Name") ?? options.Name;
        options.Region = settings.Text("Region") ?? options.Region;
        options.ServiceUrl = settings.Address("ServiceUrl") ?? options.ServiceUrl;
        options.Profile = settings.Text("Profile") ?? options.Profile;
        options.Prefix = settings.Text("Prefix") ?? options.Prefix;
        options.KmsKeyId = settings.Text("KmsKeyId") ?? options.KmsKeyId;
        options.RecoveryWindowDays = settings.Number("RecoveryWindowDays") ?? options.RecoveryWindowDays;
        options.ReadProperties = settings.Truth("ReadProperties") ?? options.ReadProperties;
        options.MaxConcurrency = settings.Number("MaxConcurrency") ?? options.MaxConcurrency;
        settings.NothingElse();
    }
}
