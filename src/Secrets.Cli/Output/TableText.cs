using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Cli.Output;

/// <summary>Rows as a table that fits, or as separated text.</summary>
internal static class TableText
{
    private const int Gap = 2;
    private const int NarrowestColumn = 3;

    /// <summary>
    /// Columns as wide as their widest cell; when that is wider than the terminal, the widest give way and cells end in an ellipsis. On a terminal so
    /// narrow that even this does not help, the lines do.
    /// </summary>
    public static string Fitted(IReadOnlyList<Column> columns, IReadOnlyList<JsonObject> rows, int width, Paint? paint = null)
    {
        string[][] cells = [.. rows.Select(row => columns.Select(column => OneLine(column.Cell(row))).ToArray())];
        int[] widths = [.. columns.Select((column, i) => cells.Select(row => TextWidth.Of(row[i])).Append(column.Title.Length).Max())];
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width && widths.Max() > NarrowestColumn)
            widths[Array.IndexOf(widths, widths.Max())]--;

        StringBuilder text = new();
        text.Append((paint ?? Paint.None).Heading(Line([.. columns.Select(column => column.Title)], widths, width))).Append('\n');
        foreach (string[] row in cells)
            text.Append(Line(row, widths, width)).Append('\n');
        return text.ToString();
    }

    public static string Separated(IReadOnlyList<Column> columns, IReadOnlyList<JsonObject> rows, char separator)
    {
        StringBuilder text = new();
        text.AppendJoin(separator, columns.Select(column => Quoted(column.Title, separator))).Append('\n');
        foreach (JsonObject row in rows)
            text.AppendJoin(separator, columns.Select(column => Quoted(column.Cell(row), separator))).Append('\n');
        return text.ToString();
    }

    private static string Line(string[] cells, int[] widths, int width) =>
        TextWidth.Cut(string.Concat(cells.Select((cell, i) => TextWidth.Pad(TextWidth.Cut(cell, widths[i]), widths[i] + Gap))).TrimEnd(' '), width);

    // A description with a line break or an escape sequence must not draw on somebody's terminal.
    private static string OneLine(string cell) => string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Quoted(string cell, char separator) => separator == '\t'
        ? OneLine(cell)
        : cell.AsSpan().ContainsAny(separator, '"', '\n') || cell.Contains('\r', StringComparison.Ordinal) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
