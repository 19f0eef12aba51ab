using System.Reflection;

namespace Secrets;

/// <summary>
/// Finds who opens a store URL: the <see cref="SecretStoreUrlSchemeAttribute"/>s of the assemblies that are loaded, and of those that belong to
/// the application, are called <c>Secrets.Providers.*</c>, and were not needed by any code yet.
/// </summary>
/// <remarks>
/// Nobody names a provider here, and nothing is registered at run time. A program that is published trimmed or as a single file keeps only the
/// store packages that its code uses; there the host names its store in code.
/// </remarks>
internal static class StoreUrlSchemes
{
    private const string ProviderPrefix = "Secrets.Providers.";

    internal static void Use(ISecretsBuilder builder, string url)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || !url.Contains(':', StringComparison.Ordinal) || url[0] == '/')
            throw Unknown("The store's URL has no scheme.");
        SecretStoreUrlSchemeAttribute scheme = All().FirstOrDefault(known => string.Equals(known.Scheme, parsed.Scheme, StringComparison.OrdinalIgnoreCase))
            ?? throw Unknown($"No store package that this application references opens URLs of the scheme '{parsed.Scheme}'.");
        scheme.Use(builder, parsed);
    }

    /// <summary>Every scheme that can be used here, by name.</summary>
    internal static IReadOnlyList<SecretStoreUrlSchemeAttribute> All() =>
    [
        .. Assemblies().SelectMany(assembly => assembly.GetCustomAttributes<SecretStoreUrlSchemeAttribute>())
            .DistinctBy(scheme => scheme.Scheme, StringComparer.OrdinalIgnoreCase)
            .OrderBy(scheme => scheme.Scheme, StringComparer.Ordinal),
    ];

    private static IEnumerable<Assembly> Assemblies()
    {
        Assembly[] loaded = [.. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic)];
        HashSet<string?> names = [.. loaded.Select(assembly => assembly.GetName().Name)];
        string trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        IEnumerable<Assembly> others = trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name.StartsWith(ProviderPrefix, StringComparison.Ordinal) && !names.Contains(name))
            .Select(name => Assembly.Load(new AssemblyName(name)));
        return loaded.Concat(others);
    }

    private static SecretException Unknown(string why)
    {
        IReadOnlyList<SecretStoreUrlSchemeAttribute> known = All();
        string next = known.Count == 0
            ? "Reference a store package, or name the store in code: AddSecrets(secrets => secrets.Use...)."
            : $"It takes one of: {string.Join(", ", known.Select(scheme => scheme.Example))}; or reference the package of another store; or name the store in code.";
        // The URL itself is not repeated: somebody may have put a credential into it.
        return new SecretException(SecretErrorCode.InvalidArgument, $"{why} {next}") { Reason = "store-url" };
    }
}
