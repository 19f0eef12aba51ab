using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Tests;

/// <summary>Addresses made to collide: names, owners and ids out of separators, escapes, scope words, cases and other scripts.</summary>
internal static class AnyAddress
{
    private static readonly string[] Pieces =
    [
        "a", "b", "A", "Z", "0", "41", "4d", "x", "x41", "x2d", "-", "--", "--x", "---", "_", "__", "/", "//", "=", "=4", "=41", "=2F", ".", "..", "../", "@", "~", "+", ":", " ", "%", "%2F", "\\",
        "project", "cluster", "team", "scope", "project/", "team/", "scope/", "cluster--", "project--", "team--", "scope--", "é", "ß", "漢", "😀", "\u0001", "\u007f", "I", "ı", "İ",
    ];

    private static readonly string[] Kinds = ["project", "cluster", "scope", "team", "step", "a", "x41", "my-kind", "k--d", "k-"];

    public static Arbitrary<SecretAddress> Arbitrary { get; } = (
        from name in Text(1, 6)
        from owner in Gen.OneOf(Gen.Constant((string?)null), Text(1, 4).Select(text => (string?)text))
        from scope in Gen.OneOf(Gen.Constant(SecretScope.Team), Scope())
        select new SecretAddress(scope, owner, name)).ToArbitrary();

    private static Gen<SecretScope> Scope() =>
        from kind in Gen.Elements(Kinds)
        from id in Text(0, 4)
        select new SecretScope(kind, new string([.. id.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]));

    private static Gen<string> Text(int min, int max) =>
        from count in Gen.Choose(min, max)
        from pieces in Gen.Elements(Pieces).ListOf(count)
        select string.Concat(pieces);
}
