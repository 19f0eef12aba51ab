using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Secrets.House.Repository;

namespace Secrets.House.PublicApi;

/// <summary>The assemblies of the projects under <c>src</c>, as the compiler of a user would read them.</summary>
internal static class ShippedAssemblies
{
    private static readonly Lazy<CSharpCompilation> Compilation = new(() => CSharpCompilation.Create(
        "reader",
        references: ReferencePaths().Select(path => MetadataReference.CreateFromFile(path)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    /// <summary>The project files that ship.</summary>
    public static IEnumerable<RepoFile> Projects => Repo.FilesUnder("src", ".csproj");

    public static IAssemblySymbol Read(string name)
    {
        MetadataReference? reference = Compilation.Value.References.FirstOrDefault(each => Path.GetFileNameWithoutExtension(each.Display) == name);
        return reference is not null && Compilation.Value.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly
            ? assembly
            : throw new InvalidOperationException($"{name}.dll is not beside the tests; build tests/Secrets.House.Tests.");
    }

    /// <summary>Compiles a text against what ships, for the tests of the tests.</summary>
    public static IAssemblySymbol Compile(string source)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "planted",
            [CSharpSyntaxTree.ParseText(source)],
            Compilation.Value.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        MetadataReference reference = MetadataReference.CreateFromImage(image.ToArray());
        return (IAssemblySymbol)Compilation.Value.AddReferences(reference).GetAssemblyOrModuleSymbol(reference)!;
    }

    private static IEnumerable<string> ReferencePaths()
    {
        string runtime = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return runtime.Split(Path.PathSeparator)
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll"))
            .Where(path => path.Length > 0)
            .DistinctBy(Path.GetFileName);
    }
}
