using System.Globalization;

namespace Secrets;

/// <summary>Where a reference is written.</summary>
/// <param name="Source">The file or other source; null for unnamed text.</param>
/// <param name="Path">What holds the text inside the source (a configuration path, an attribute); null if nothing but the text does.</param>
/// <param name="Offset">Chars before it in the text, from 0.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1, in UTF-16 chars.</param>
public readonly record struct SecretPlace(string? Source, string? Path, int Offset, int Line, int Column)
{
    /// <summary>The place before the first char of a source.</summary>
    internal static SecretPlace StartOf(string? source, string? path) => new(source, path, 0, 1, 1);

    /// <summary><c>app.env:3:14</c>, or <c>Mlflow:Uri</c>, or <c>Mlflow:Uri (appsettings.json)</c>.</summary>
    /// <returns>The place, for people and for editors.</returns>
    public override string ToString() => (Source, Path) switch
    {
        (null, { } path) => path,
        ({ } source, { } path) => $"{path} ({source})",
        (var source, null) => string.Create(CultureInfo.InvariantCulture, $"{source ?? "text"}:{Line}:{Column}"),
    };
}
