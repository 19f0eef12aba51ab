using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Cli.Output;

/// <summary>Rows as a table that fits, or as separated text.</summary>
internal static class TableText
{
    private const int Gap = 2;
    private const int NarrowestColumn = 8;

    /// <summary>Columns as wide as their widest cell; when that is wider than the terminal, the widest give way and cells end in an ellipsis.</summary>
    public static string Fitted(IReadOnlyList<Column> columns, IReadOnlyList<JsonObject> rows, int width)
    {
        string[][] cells = [.. rows.Select(row => columns.Select(column => OneLine(column.Cell(row))).ToArray())];
        int[] widths = [.. columns.Select((column, i) => cells.Select(row => row[i].Length).Append(column.Title.Length).Max())];
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width && widths.Max() > NarrowestColumn)
            widths[Array.IndexOf(widths, widths.Max())]--;

        StringBuilder text = new();
        AppendRow(text, [.. columns.Select(column => column.Title)], widths);
        foreach (string[] row in cells)
            AppendRow(text, row, widths);
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

    private static void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        int start = text.Length;
        for (int i = 0; i < cells.Length; i++)
        {
            string cell = cells[i].Length <= widths[i] ? cells[i] : string.Concat(cells[i].AsSpan(0, widths[i] - 1), "…");
            text.Append(cell.PadRight(widths[i] + Gap));
        }

        while (text.Length > start && text[^1] == ' ')
            text.Length--;
        text.Append('\n');
    }

    // A description with a line break or an escape sequence must not draw on somebody's terminal.
    private static string OneLine(string cell) => string.Concat(cell.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Quoted(string cell, char separator) => separator == '\t'
        ? OneLine(cell)
        : cell.AsSpan().ContainsAny(separator, '"', '\n') || cell.Contains('\r', StringComparison.Ordinal) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
