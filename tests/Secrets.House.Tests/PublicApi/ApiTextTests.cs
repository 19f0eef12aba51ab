namespace Secrets.House.PublicApi;

public sealed class ApiTextTests
{
    [Test]
    public void Nullability_defaults_and_modifiers_are_part_of_the_surface() => Assert.That(
        Text("""
            namespace Planted;
            public sealed class Thing
            {
                public Thing(string name, int size = 3) { }
                public string? Note { get; init; }
                public const int Most = 7;
                public System.Threading.Tasks.ValueTask<string?> ReadAsync(System.Collections.Generic.IReadOnlyList<string?> names, System.Threading.CancellationToken token = default) => default;
                internal void Hidden() { }
                private protected void AlsoHidden() { }
            }
            """),
        Is.EqualTo("""
            public sealed class Planted.Thing
                public Thing(string name, int size = 3)
                public const int Most = 7
                public string? Note { get; init; }
                public ValueTask<string?> ReadAsync(IReadOnlyList<string?> names, CancellationToken token = default)

            """));

    [Test]
    public void Records_show_what_was_written_and_not_what_the_compiler_adds() => Assert.That(
        Text("namespace Planted; public readonly record struct Point(int X) { public override string ToString() => \"\"; } public record Open(string? A);"),
        Is.EqualTo("""
            public record Planted.Open : IEquatable<Open>
                public Open(string? A)
                public string? A { get; init; }
            public readonly record struct Planted.Point : IEquatable<Point>
                public Point(int X)
                public override string ToString()
                public int X { get; init; }

            """));

    [Test]
    public void Enums_show_their_numbers_and_whether_they_are_flags() => Assert.That(
        Text("namespace Planted; [System.Flags] public enum Bits { None = 0, One = 1 << 3 }"),
        Is.EqualTo("""
            [Flags] public enum Planted.Bits
                None = 0
                One = 8

            """));

    [Test]
    public void Extension_methods_and_extension_blocks_appear_once_each() => Assert.That(
        Text("""
            namespace Planted;
            public static class TextExtensions
            {
                public static int Old(this string text) => 0;
                extension(string text)
                {
                    public int New(int times = 2) => times;
                    public bool IsBlank => true;
                }
                extension(string) { public static string Nothing => ""; }
            }
            """),
        Is.EqualTo("""
            public static class Planted.TextExtensions
                extension(string text) public bool IsBlank { get; }
                extension(string text) public int New(int times = 2)
                extension(string) public static string Nothing { get; }
                public static int Old(this string text)

            """));

    [Test]
    public void What_a_heir_can_see_of_an_open_class_is_part_of_the_surface() => Assert.That(
        Text("namespace Planted; public abstract class Open { protected Open() { } protected virtual void Step<T>(T item) where T : class { } protected internal int Count; }"),
        Is.EqualTo("""
            public abstract class Planted.Open
                protected Open()
                protected internal int Count
                protected virtual void Step<T>(T item) where T : class

            """));

    private static string Text(string source) => ApiText.Of(ShippedAssemblies.Compile(source));
}
