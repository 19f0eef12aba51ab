using System.Text.Json;
using Secrets.Conformance;

namespace Secrets.Providers.Environment.Tests.Conformance;

/// <summary>Variables of this process, under a prefix of the fixture's own.</summary>
public sealed class EnvironmentFixture : SecretStoreFixture
{
    private readonly string _prefix = $"CONFORMANCE_{Guid.NewGuid():N}_";

    public override bool OpensAgain => true;

    public override TimeSpan Patience => TimeSpan.FromSeconds(30);

    public override bool Holds(SecretAddress address) => address.Scope == SecretScope.Team && address.Owner is null;

    public override ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken) =>
        new(new EnvironmentSecretStore(new EnvironmentSecretStoreOptions { Prefix = _prefix }));

    public override ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) => CreateStoreAsync(cancellationToken);

    public override ValueTask PutAsync(ISecretStore store, SecretAddress address, SecretValues values, CancellationToken cancellationToken)
    {
        // What looks like an object is read as one, so a single value that looks so has to be inside one.
        bool isText = values.Count == 1 && values.TryGetValue(SecretProperties.SingleKey, out SecretValue? single) && !single.RevealString().StartsWith('{');
        string text = isText
            ? values[SecretProperties.SingleKey].RevealString()
            : JsonSerializer.Serialize(values.ToDictionary(static pair => pair.Key, static pair => pair.Value.RevealString()));
        System.Environment.SetEnvironmentVariable(_prefix + address.Name, text);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith(_prefix, StringComparison.Ordinal)))
            System.Environment.SetEnvironmentVariable(name, null);
        await base.DisposeAsync();
    }
}
