using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Secrets.House.Repository;

namespace Secrets.House.Behaviours;

/// <summary>
/// A test that names a row: by <c>[Behaviour("Z45")]</c>, or, for a session with the tool, by a line <c># Rows: Z45 Z46</c>. Read from the source,
/// so that no test project has to be loaded.
/// </summary>
/// <param name="RowId">The row.</param>
/// <param name="Test"><c>Class.Method</c>, or the session's path.</param>
internal sealed record BehaviourProof(string RowId, string Test)
{
    private const string ScriptRows = "# Rows: ";

    public static IReadOnlyList<BehaviourProof> All { get; } =
    [
        .. Repo.FilesUnder("tests", ".cs")
            .Select(file => file.ReadText())
            .Where(text => text.Contains("Behaviour(\"", StringComparison.Ordinal))
            .SelectMany(text => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>())
            .SelectMany(Of)
            .Concat(Repo.FilesUnder("tests", ".txt").Where(file => file.Path.Contains("/Scripts/", StringComparison.Ordinal)).SelectMany(OfScript))
            .Distinct()
            .OrderBy(proof => proof.RowId, StringComparer.Ordinal)
            .ThenBy(proof => proof.Test, StringComparer.Ordinal),
    ];

    private static IEnumerable<BehaviourProof> Of(MemberDeclarationSyntax member) => member.AttributeLists
        .SelectMany(list => list.Attributes)
        .Where(attribute => attribute.Name.ToString() == "Behaviour")
        .SelectMany(attribute => attribute.ArgumentList!.Arguments)
        .Select(argument => new BehaviourProof(((LiteralExpressionSyntax)argument.Expression).Token.ValueText, NameOf(member)));

    private static IEnumerable<BehaviourProof> OfScript(RepoFile script) => script.ReadLines()
        .Where(line => line.StartsWith(ScriptRows, StringComparison.Ordinal))
        .SelectMany(line => line[ScriptRows.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(row => new BehaviourProof(row, script.Path["tests/".Length..]));

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method => $"{type.Identifier}.{method.Identifier}",
        TypeDeclarationSyntax type => type.Identifier.ToString(),
        _ => member.ToString(),
    };
}
