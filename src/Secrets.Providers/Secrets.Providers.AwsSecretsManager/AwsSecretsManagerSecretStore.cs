using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace Secrets;

/// <summary>AWS Secrets Manager as a store. Secrets that exist already are read under their own names.</summary>
/// <remarks>
/// <para>Authentication: the SDK's chain (environment, profiles, single sign-on, web identity, container, instance), a profile, or a credential.</para>
/// <para>Name mapping: a public team secret has its own name; others begin with their scope (<c>project/churn/db</c>), private ones go on with
/// their owner (<c>project/churn/ada/db</c>). Other characters are escaped as <c>=HH</c>.</para>
/// <para>Versions: the service's version ids; current is AWSCURRENT, pending AWSPENDING. Description and tags belong to the secret, not to a version.</para>
/// <para>Limits: 65,536 bytes for a secret's JSON or single value, 512 characters for a native name, 50 tags.</para>
/// <para>Consistency: reads see writes at once; listings may lag by minutes. A deletion at a version is checked first and then done, not atomically.</para>
/// <para>Permissions: see <c>docs/providers/aws-secrets-manager.md</c>, and <see cref="AwsSecretsManagerLeastPrivilege"/>. Safe to call from any thread.</para>
/// </remarks>
public sealed class AwsSecretsManagerSecretStore : DelegatingSecretStore
{
    /// <summary>Makes the store. Nothing is called yet.</summary>
    /// <param name="options">Which service, as whom; null for the SDK's chains.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: an option breaks its rule, no region (<c>no-region</c>), no such profile (<c>profile</c>).</exception>
    public AwsSecretsManagerSecretStore(AwsSecretsManagerOptions? options = null)
        : base(Open(options ?? new AwsSecretsManagerOptions()))
    {
    }

    private static NativeSecretStore Open(AwsSecretsManagerOptions options)
    {
        Check(options);
        NativeNames names = AwsNames.Under(options.Prefix);
        AwsConfig config = Configure(options);
        string? where = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion;
        string name = options.Name ?? $"aws-secrets-manager:{where ?? "default"}{(options.Prefix.Length == 0 ? "" : "/" + options.Prefix.TrimEnd('/'))}";
        if (where is null)
            throw Refused("no-region", "No region is configured. Set Region, AWS_REGION, or the profile's region.");
        // An endpoint from AWS_ENDPOINT_URL says nothing of its region, and the SDK would sign for us-east-1.
        config.AuthenticationRegion ??= where;
        AWSCredentials? credentials = options.Credentials ?? FromProfile(options.Profile);
        AwsClient client = credentials is null ? new AwsClient(config) : new AwsClient(credentials, config);
        SecretStoreCapabilities capabilities = new(
            SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe | SecretStoreFeatures.Versions
            | SecretStoreFeatures.SoftDelete | SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.WriteIfVersion | SecretStoreFeatures.Binary
            | SecretStoreFeatures.BatchRead | SecretStoreFeatures.Promote)
        {
            MaxValueBytes = 64 * 1024,
            MaxBatchSize = AwsReads.MaxTogether,
            MaxConcurrency = options.MaxConcurrency,
            MaxNameLength = AwsNames.MaxLength - options.Prefix.Length,
        };
        AwsErrors errors = new(name);
        SideBySide calls = new(options.MaxConcurrency);
        AwsReads reads = new(client, names, errors, calls, options.ReadProperties ? new AwsDescriptions(client, errors, calls) : null);
        return new NativeSecretStore(
            name, capabilities, reads, new AwsListings(client, names, errors), new AwsWrites(client, names, errors, options, capabilities.MaxValueBytes), client);
    }

    private static AwsConfig Configure(AwsSecretsManagerOptions options)
    {
        AwsConfig config = new();
        if (options.Region is not null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        if (options.ServiceUrl is not null)
        {
            // Setting a URL clears the region, which the signature still needs.
            string? region = options.Region ?? config.RegionEndpoint?.SystemName;
            config.ServiceURL = options.ServiceUrl.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        options.ConfigureClient?.Invoke(config);
        return config;
    }

    private static void Check(AwsSecretsManagerOptions options)
    {
        if (options.RecoveryWindowDays is < 7 or > 30)
            throw Refused("recovery-window", "RecoveryWindowDays takes 7 to 30.");
        if (options.MaxConcurrency is < 1 or > 64)
            throw Refused("concurrency", "MaxConcurrency takes 1 to 64.");
    }

    private static AWSCredentials? FromProfile(string? profile)
    {
        if (profile is null)
            return null;
        return new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out AWSCredentials credentials)
            ? credentials
            : throw Refused("profile", $"There is no profile '{profile}' with a credential in the shared AWS files.");
    }

    private static SecretException Refused(string reason, string message) =>
        new(SecretErrorCode.InvalidArgument, "Cannot use AWS Secrets Manager: " + message) { Reason = reason };
}
