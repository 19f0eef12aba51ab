using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Secrets.House.Conventions;

/// <summary>The rules of CONTRIBUTING that a program can check in source text. Each gives sentences, none when all is well.</summary>
internal static partial class SourceRules
{
    public const int MostLines = 300;

    // Words that say nothing about what a type is for.
    private static readonly string[] EmptyWords = ["Helper", "Helpers", "Util", "Utils", "Utility", "Manager", "Service", "Common", "Misc"];

    // Names that are not ours: products, and types of the framework.
    private static readonly string[] OthersNames = ["AwsSecretsManager", "GoogleSecretManager", "ServiceCollection", "ServiceProvider", "HostedService"];

    // Spelt in two, so that this file keeps its own rule.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception", "[Ign" + "ore", "Assert." + "Pass("];

    public static IEnumerable<string> OneTypePerFile(SourceFile file)
    {
        string[] names = [.. file.Types.Where(type => !type.Modifiers.Any(SyntaxKind.FileKeyword)).Select(SourceFile.NameOf).Distinct()];
        if (names.Length > 1)
            yield return $"{file.Path} declares {string.Join(", ", names)}: one type a file.";
        if (names.Length == 1 && Path.GetFileName(file.Path).Split('.')[0] != names[0])
            yield return $"{file.Path} declares {names[0]}: a file is named after its type.";
    }

    public static IEnumerable<string> NamesThatSaySomething(SourceFile file)
    {
        foreach (string name in file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>().Select(SourceFile.NameOf).Where(name => name.Length > 0))
        {
            string own = OthersNames.Aggregate(name, (rest, other) => rest.Replace(other, "", StringComparison.Ordinal));
            foreach (string word in Word().Matches(own).Select(match => match.Value).Intersect(EmptyWords))
                yield return $"{file.Path}: the name {name} holds '{word}', which says nothing. Name what it does.";
        }
    }

    public static IEnumerable<string> OptionsWithDefaults(SourceFile file) => file.Types
        .OfType<TypeDeclarationSyntax>()
        .Where(type => type.Identifier.Text.EndsWith("Options", StringComparison.Ordinal) && type.Modifiers.Any(SyntaxKind.PublicKeyword))
        .SelectMany(type => type.Members.OfType<PropertyDeclarationSyntax>(), (type, property) => (type, property))
        .Where(pair => pair.property.Modifiers.Any(SyntaxKind.PublicKeyword) && !pair.property.Modifiers.Any(SyntaxKind.RequiredKeyword) && IsSettable(pair.property))
        .Where(pair => !Default().IsMatch(pair.property.GetLeadingTrivia().ToFullString()))
        .Select(pair => $"{file.Path}: {pair.type.Identifier.Text}.{pair.property.Identifier.Text} does not say its default ('Default ...' in <value>).");

    public static IEnumerable<string> NothingUnfinished(SourceFile file) => Unfinished
        .Where(word => Regex.IsMatch(file.Text, $@"(?<!\w){Regex.Escape(word)}"))
        .Select(word => $"{file.Path} holds '{word}'.");

    public static IEnumerable<string> NotTooLong(SourceFile file)
    {
        if (file.LineCount > MostLines && !file.IsExcused)
            yield return $"{file.Path} has {file.LineCount} lines: look for a second idea in it, or say why in a line '// Long because ...'.";
    }

    private static bool IsSettable(PropertyDeclarationSyntax property) => property.AccessorList is { } accessors
        && accessors.Accessors.Any(accessor => accessor.Kind() is SyntaxKind.SetAccessorDeclaration or SyntaxKind.InitAccessorDeclaration && accessor.Modifiers.Count == 0);

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b[Dd]efaults?\b")]
    private static partial Regex Default();
}
