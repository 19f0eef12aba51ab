using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Secrets.House.PublicApi;

/// <summary>
/// What an assembly offers to others, as text to review: types sorted by name, one member a line with nullability and defaults, sorted, so
/// that two people's additions seldom touch the same lines. What the compiler writes for records is left out; the word <c>record</c> says it.
/// </summary>
internal static class ApiText
{
    private const SymbolDisplayMiscellaneousOptions Types =
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral;

    private static readonly SymbolDisplayFormat TypeHeader = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        miscellaneousOptions: Types);

    private static readonly SymbolDisplayFormat TypeName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: Types);

    private static readonly SymbolDisplayFormat Member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: Types);

    public static string Of(IAssemblySymbol assembly)
    {
        StringBuilder text = new();
        foreach (INamedTypeSymbol type in ShippedTypes.Of(assembly).OrderBy(type => type.ToDisplayString(TypeHeader), StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach ((string _, string line) in Members(type).OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Line, StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Header(INamedTypeSymbol type)
    {
        StringBuilder text = new();
        foreach (string attribute in Telling(type))
            text.Append(attribute).Append(' ');
        text.Append(Accessibility(type)).Append(' ').Append(Kind(type)).Append(' ').Append(type.ToDisplayString(TypeHeader));
        if (type.TypeKind is TypeKind.Enum)
            return text.ToString();
        string[] bases = [.. Bases(type).Select(each => each.ToDisplayString(TypeName))];
        if (bases.Length > 0)
            text.Append(" : ").AppendJoin(", ", bases);
        return text.ToString();
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Delegate)
            yield break;
        if (type.BaseType is { SpecialType: SpecialType.None } own && type.TypeKind is TypeKind.Class)
            yield return own;
        foreach (INamedTypeSymbol each in type.Interfaces.Where(ShippedTypes.IsVisible).OrderBy(each => each.ToDisplayString(TypeName), StringComparer.Ordinal))
            yield return each;
    }

    private static string Kind(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => "interface",
        TypeKind.Enum => "enum",
        TypeKind.Delegate => "delegate",
        TypeKind.Struct => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : "") + (IsRecord(type) ? "record struct" : "struct"),
        _ => (type.IsStatic ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (IsRecord(type) ? "record" : "class"),
    };

    // In metadata a record is known by what the compiler wrote for it.
    private static bool IsRecord(INamedTypeSymbol type) => type.GetMembers(WellKnownMemberNames.EqualityOperatorName).Any(IsWrittenByCompiler);

    private static IEnumerable<(string Name, string Line)> Members(INamedTypeSymbol type)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is INamedTypeSymbol { IsExtension: true } block)
            {
                string receiver = $"extension({block.ExtensionParameter?.ToDisplayString(Member)})";
                foreach (ISymbol inner in block.GetMembers().Where(IsShown))
                    yield return (inner.Name, $"{receiver} {Line(inner)}");
            }
            else if (IsShown(member) && !IsExtensionImplementation(type, member))
            {
                yield return (member.Name, Line(member));
            }
        }
    }

    private static bool IsShown(ISymbol member) => member is not INamedTypeSymbol
        && ShippedTypes.IsVisible(member)
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove or MethodKind.StaticConstructor }
        && !(member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.TypeKind: TypeKind.Struct or TypeKind.Enum })
        && !(member is IFieldSymbol && member.ContainingType.TypeKind is TypeKind.Enum && member.Name == "value__")
        && !IsWrittenByCompiler(member);

    private static bool IsWrittenByCompiler(ISymbol member) =>
        member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "CompilerGeneratedAttribute");

    // The static method that the compiler writes for a member of an extension block says the same a second time.
    private static bool IsExtensionImplementation(INamedTypeSymbol type, ISymbol member) => member is IMethodSymbol method && type
        .GetTypeMembers()
        .Where(nested => nested.IsExtension)
        .SelectMany(block => block.GetMembers())
        .OfType<IMethodSymbol>()
        .Any(inner => SymbolEqualityComparer.Default.Equals(inner.AssociatedExtensionImplementation, method));

    private static string Line(ISymbol member)
    {
        string attributes = string.Concat(Telling(member).Select(attribute => attribute + " "));
        return member is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } constant
            ? $"{attributes}{constant.Name} = {constant.ConstantValue}"
            : attributes + member.ToDisplayString(Member);
    }

    // The attributes that change how a member may be used.
    private static IEnumerable<string> Telling(ISymbol symbol)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        foreach (string name in (string[])["Flags", "Obsolete", "Experimental", "RequiresUnreferencedCode", "RequiresDynamicCode"])
        {
            if (attributes.Any(attribute => attribute.AttributeClass?.Name == name + "Attribute"))
                yield return $"[{name}]";
        }
    }

    private static string Accessibility(INamedTypeSymbol type) => type.DeclaredAccessibility is Microsoft.CodeAnalysis.Accessibility.Public ? "public" : "protected";
}
