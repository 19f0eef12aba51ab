using Microsoft.Extensions.DependencyInjection;
using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>One store, one clock, and clients of it for the people of the tests: Ada is an admin, Bob and Carol are members.</summary>
internal sealed class Platform : IAsyncDisposable
{
    internal Platform(SecretProfile? profile = null, SecretScopeChain? scopes = null, Action<InMemorySecretStoreOptions>? store = null)
    {
        InMemorySecretStoreOptions options = new() { TimeProvider = Clock };
        store?.Invoke(options);
        Store = new InMemorySecretStore(options);
        Client = SecretsClient.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.UseInMemory(Store).ActAs("ada", SecretRole.Admin);
            if (profile is not null) builder.UseProfile(profile);
            if (scopes is not null) builder.WithScopes(scopes);
        });
        Bob = Client.As(new SecretPrincipal("bob", SecretRole.Member));
        Carol = Client.As(new SecretPrincipal("carol", SecretRole.Member));
    }

    internal static CreateSecretOptions Private => new() { Visibility = SecretVisibility.Private };

    internal ManualTimeProvider Clock { get; } = new();

    internal InMemorySecretStore Store { get; }

    /// <summary>Ada's.</summary>
    internal SecretsClient Client { get; }

    internal SecretsClient Bob { get; }

    internal SecretsClient Carol { get; }

    internal static SecretValues Pair(string value, string key = "key") => new() { [key] = value };

    internal static SecretValues One(string value) => Pair(value, SecretProperties.SingleKey);

    internal static async Task<SecretException> RefusedAsync(SecretErrorCode code, Func<Task> act)
    {
        SecretException? error = null;
        try
        {
            await act();
        }
        catch (SecretException e)
        {
            error = e;
        }

        Assert.That(error, Is.Not.Null, $"Expected a refusal with the code {code}; nothing was thrown.");
        Assert.That(error!.Code, Is.EqualTo(code), error.Message);
        return error;
    }

    internal static async Task<List<string>> NamesAsync(IAsyncEnumerable<SecretProperties> listing)
    {
        List<string> names = [];
        await foreach (SecretProperties properties in listing)
            names.Add(properties.Name);
        return names;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
