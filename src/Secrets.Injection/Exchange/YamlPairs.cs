using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Secrets;

/// <summary>
/// The pairs of one secret as a YAML mapping of scalars, nothing more. Read from the parser's events: no object graph, no types by tag, no
/// aliases, so that a document can neither grow nor construct anything.
/// </summary>
internal static class YamlPairs
{
    private const string Core = "tag:yaml.org,2002:";

    // Double-quoted, so that no text can turn into a number, a date or a comment; everything but printable ASCII is escaped, so that no encoding and no
    // line folding on the way can change it. \U, because YAML knows no surrogate pairs.
    public static SecretValue Write(IReadOnlyDictionary<string, SecretValue> values)
    {
        if (values.Count == 0) return SecretValue.FromString("{}\n");
        StringBuilder text = new();
        foreach ((string key, SecretValue value) in values)
        {
            AppendQuoted(text, key).Append(": ");
            if (value.IsText) AppendQuoted(text, value.RevealString());
            else text.Append("!!binary \"").Append(Convert.ToBase64String(value.RevealBytes())).Append('"');
            text.Append('\n');
        }

        return SecretValue.FromString(text.ToString());
    }

    public static SecretValues Read(SecretValue document)
    {
        try
        {
            return document.IsText ? Read(new Parser(new StringReader(document.RevealString().TrimStart('\uFEFF')))) : throw new FormatException();
        }
        catch (Exception e) when (e is YamlException or FormatException or ArgumentException or InvalidOperationException)
        {
            // Neither as the message nor as the inner exception: what a parser says can quote the document, and that is full of secrets.
            throw Refused("document", "The document is not a YAML mapping of keys to plain values.");
        }
    }

    private static SecretValues Read(Parser parser)
    {
        Next<StreamStart>(parser);
        Next<DocumentStart>(parser);
        RefuseAnchor(Next<MappingStart>(parser));
        SecretValues values = [];
        while (Next<ParsingEvent>(parser) is not MappingEnd)
        {
            Scalar key = ScalarOf(parser.Current!);
            Scalar value = ScalarOf(Next<ParsingEvent>(parser));
            if (values.ContainsKey(key.Value))
                throw Refused("duplicate-key", $"Line {key.Start.Line.ToString(CultureInfo.InvariantCulture)} of the YAML document gives a key for the second time. Keep one of the two.");
            values[key.Value] = ValueOf(value);
        }

        Next<DocumentEnd>(parser);
        Next<StreamEnd>(parser);
        return values;
    }

    private static T Next<T>(Parser parser)
        where T : ParsingEvent => parser.MoveNext() && parser.Current is T found ? found : throw new FormatException();

    private static Scalar ScalarOf(ParsingEvent node)
    {
        RefuseAnchor(node);
        return node as Scalar ?? throw new FormatException();
    }

    private static SecretValue ValueOf(Scalar scalar)
    {
        bool isTagged = !scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific;
        if (!isTagged)
        {
            // As in JSON: no value is no value, and not the text "null". Quoted, it is a text.
            return scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" }
                ? throw new FormatException()
                : SecretValue.FromString(scalar.Value);
        }

        return scalar.Tag.Value switch
        {
            Core + "binary" => SecretValue.FromBytes(Convert.FromBase64String(scalar.Value)),
            Core + "str" or Core + "int" or Core + "float" or Core + "bool" => SecretValue.FromString(scalar.Value),
            _ => throw new FormatException(),
        };
    }

    private static void RefuseAnchor(ParsingEvent node)
    {
        if (node is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Refused("anchor", $"Line {node.Start.Line.ToString(CultureInfo.InvariantCulture)} of the YAML document holds an anchor or an alias. Write each value out; quote a value that begins with & or *.");
    }

    private static StringBuilder AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (Rune rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                >= ' ' and <= '~' => text.Append((char)rune.Value),
                <= 0xFFFF => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            };
        }

        return text.Append('"');
    }

    private static SecretException Refused(string reason, string message) =>
        new(SecretErrorCode.InvalidArgument, message + " Nothing was imported.") { Reason = reason };
}
