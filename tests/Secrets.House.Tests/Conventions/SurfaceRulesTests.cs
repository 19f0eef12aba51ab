using Microsoft.CodeAnalysis;
using Secrets.House.PublicApi;

namespace Secrets.House.Conventions;

public sealed class SurfaceRulesTests
{
    private static readonly INamedTypeSymbol[] Shipped =
        [.. ShippedAssemblies.Projects.SelectMany(project => ShippedTypes.Of(ShippedAssemblies.Read(Path.GetFileNameWithoutExtension(project.Name))))];

    // The suite is a set of tests: they wait, and NUnit cancels them.
    private static IEnumerable<INamedTypeSymbol> Library => Shipped.Where(type => type.ContainingAssembly.Name is not "Secrets.Conformance");

    [Test]
    public void Classes_are_sealed_unless_made_for_heirs() => Assert.That(SurfaceRules.SealedByDefault(Shipped), Is.Empty);

    [Test]
    public void Methods_that_may_wait_are_named_so_and_can_be_cancelled() => Assert.That(SurfaceRules.CancellableAndNamedSo(Library), Is.Empty);

    [Test]
    public void Each_rule_finds_its_violation()
    {
        INamedTypeSymbol[] planted = [.. ShippedTypes.Of(ShippedAssemblies.Compile("""
            using System.Threading.Tasks;
            public class Open { public Task ReadAsync() => Task.CompletedTask; public Task Read(System.Threading.CancellationToken token) => Task.CompletedTask; }
            public class Parent { } public sealed class Child : Parent { }
            """))];

        Assert.That(SurfaceRules.SealedByDefault(planted), Has.Exactly(1).Items);
        Assert.That(SurfaceRules.CancellableAndNamedSo(planted), Has.Exactly(2).Items);
    }
}
