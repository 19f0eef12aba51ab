using System.Text.Json.Nodes;
using Secrets.Cli.Output;

namespace Secrets.Cli.Tests.Terminals;

/// <summary>Tables fit the terminal, whatever is in them.</summary>
public sealed class TableTests
{
    private static readonly Column[] Columns = [Column.Of("NAME", "name"), Column.Of("DESCRIPTION", "description"), Column.Of("WHO", "who")];

    [TestCase(200)]
    [TestCase(80)]
    [TestCase(40)]
    [TestCase(20)]
    [TestCase(8)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        string[] lines = Lines(width, Row("openai_secret", new string('d', 300), "ada"), Row("秘密の名前がとても長いとき", "パスワード", "e\u0301milie"));

        Assert.That(lines.Where(line => TextWidth.Of(line) > width), Is.Empty);
        Assert.That(lines, Has.Length.EqualTo(3));
    }

    [Test]
    public void The_widest_column_gives_way_and_says_so()
    {
        string[] lines = Lines(30, Row("db", "the database of the orders, and of more", "ada"));

        Assert.That(lines, Is.EqualTo(new[] { "NAME  DESCRIPTION          WHO", "db    the database of th…  ada" }));
    }

    [Test]
    public void Columns_stand_below_each_other_also_in_scripts_of_double_width() => Assert.That(
        Lines(80, Row("秘密", "x", "ada"), Row("e\u0301", "y", "bob")),
        Is.EqualTo(new[] { "NAME  DESCRIPTION  WHO", "秘密  x            ada", "e\u0301     y            bob" }));

    [Test]
    public void A_cell_cannot_draw_on_the_terminal() =>
        Assert.That(Lines(80, Row("db", "red\e[31m\r\nalert", "ada"))[1], Is.EqualTo("db    red [31m  alert  ada"));

    private static string[] Lines(int width, params JsonObject[] rows) => TableText.Fitted(Columns, rows, width).TrimEnd('\n').Split('\n');

    private static JsonObject Row(string name, string description, string who) => new() { ["name"] = name, ["description"] = description, ["who"] = who };
}
