using Secrets;

[assembly: InMemoryUrlScheme]

namespace Secrets;

/// <summary>Opens <c>in-memory:</c> URLs: an empty store that nothing outlives, for trying things out.</summary>
internal sealed class InMemoryUrlSchemeAttribute() : SecretStoreUrlSchemeAttribute("in-memory")
{
    /// <inheritdoc/>
    public override string Example => "in-memory:name";

    /// <inheritdoc/>
    public override void Use(ISecretsBuilder builder, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        builder.UseInMemory(options =>
        {
            if (url.AbsolutePath.Trim('/') is { Length: > 0 } name) options.Name = name;
        });
    }
}
