using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Secrets.House.Repository;

namespace Secrets.House.Conventions;

/// <summary>A C# file and the types it declares at top level.</summary>
internal sealed class SourceFile
{
    // Written by the author of a long file, for whoever finds it long.
    private const string Excuse = "// Long because ";

    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Root = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();
        Types = [.. Root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).OfType<MemberDeclarationSyntax>()];
    }

    public string Path { get; }

    public string Text { get; }

    public CompilationUnitSyntax Root { get; }

    public IReadOnlyList<MemberDeclarationSyntax> Types { get; }

    public int LineCount => Text.AsSpan().Count('\n');

    public bool IsExcused => Text.Split('\n').Any(line => line.TrimStart().StartsWith(Excuse, StringComparison.Ordinal));

    public static SourceFile Read(RepoFile file) => new(file.Path, file.ReadText());

    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => "",
    };
}
