using Microsoft.CodeAnalysis;

namespace Secrets.House.Conventions;

/// <summary>Rules over the public surface as compiled.</summary>
internal static class SurfaceRules
{
    private static readonly string[] Awaitable = ["Task", "ValueTask", "IAsyncEnumerable"];

    /// <summary>A class that is open for heirs has one here, or says by being abstract that it wants some. Exceptions are open: one with more to say is caught as the plain one.</summary>
    public static IEnumerable<string> SealedByDefault(IReadOnlyCollection<INamedTypeSymbol> types)
    {
        HashSet<string> bases = [.. types.Select(type => type.BaseType?.OriginalDefinition.ToDisplayString()).OfType<string>()];
        return types
            .Where(type => type.TypeKind is TypeKind.Class && !type.IsSealed && !type.IsAbstract && !type.IsStatic && !IsException(type) && !bases.Contains(type.OriginalDefinition.ToDisplayString()))
            .Select(type => $"{type.ToDisplayString()} is open and nothing inherits from it: seal it.");
    }

    /// <summary>Whatever may wait can be cancelled, and its name says that it may wait.</summary>
    public static IEnumerable<string> CancellableAndNamedSo(IEnumerable<INamedTypeSymbol> types) => types
        .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
        .Where(method => method.MethodKind is MethodKind.Ordinary && method.DeclaredAccessibility is Accessibility.Public && !method.IsOverride && method.Name is not "DisposeAsync")
        .Where(method => Awaitable.Contains(method.ReturnType.Name) && method.ExplicitInterfaceImplementations.Length == 0)
        .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal) || !method.Parameters.Any(parameter => parameter.Type.Name is "CancellationToken"))
        .Select(method => $"{method.ToDisplayString()}: a method that may wait is named ...Async and takes a CancellationToken.");

    private static bool IsException(INamedTypeSymbol? type) => type is not null && (type.Name is "Exception" || IsException(type.BaseType));
}
