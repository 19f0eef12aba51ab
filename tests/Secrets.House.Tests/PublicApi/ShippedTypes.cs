using Microsoft.CodeAnalysis;

namespace Secrets.House.PublicApi;

/// <summary>The types of an assembly that others can see, nested ones included.</summary>
internal static class ShippedTypes
{
    public static IEnumerable<INamedTypeSymbol> Of(IAssemblySymbol assembly) => In(assembly.GlobalNamespace);

    public static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public
        || (symbol.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal && symbol.ContainingType is { IsSealed: false });

    private static IEnumerable<INamedTypeSymbol> In(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                if (type.IsExtension || !IsVisible(type))
                    continue;
                yield return type;
            }

            foreach (INamedTypeSymbol inner in In(member))
                yield return inner;
        }
    }
}
