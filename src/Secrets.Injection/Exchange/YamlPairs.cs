using System.Globalization;
using System.Text;
using System.Text.Json;
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
        return SecretValue.FromString(AppendPairs(new StringBuilder(), values, "").ToString());
    }

    public static StringBuilder AppendPairs(StringBuilder text, IReadOnlyDictionary<string, SecretValue> values, string indent)
    {
        foreach ((string key, SecretValue value) in values)
        {
            AppendKey(text.Append(indent), key);
            if (value.IsText) AppendQuoted(text, value.RevealString());
            else text.Append("!!binary \"").Append(Convert.ToBase64String(value.RevealBytes())).Append('"');
            text.Append('\n');
        }

        return text;
    }

    public static SecretValues Read(SecretValue document) => Guarded(document, "a YAML mapping of keys to plain values", Read);

    public static T Guarded<T>(SecretValue document, string what, Func<Parser, T> read)
    {
        try
        {
            return document.IsText ? read(new Parser(new StringReader(document.RevealString().TrimStart('\uFEFF')))) : throw new FormatException();
        }
        catch (Exception e) when (e is YamlException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException or JsonException)
        {
            // Neither as the message nor as the inner exception: what a parser says can quote the document, and that is full of secrets.
            throw Refused("document", $"The document is not {what}.");
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
            if (values.ContainsKey(key.Value)) throw Twice(key);
            values[key.Value] = ValueOf(value);
        }

        Next<DocumentEnd>(parser);
        Next<StreamEnd>(parser);
        return values;
    }

    public static T Next<T>(Parser parser)
        where T : ParsingEvent => parser.MoveNext() && parser.Current is T found ? found : throw new FormatException();

    public static Scalar ScalarOf(ParsingEvent node)
    {
        RefuseAnchor(node);
        return node as Scalar ?? throw new FormatException();
    }

    public static SecretValue ValueOf(Scalar scalar)
    {
        if (!IsTagged(scalar))
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

    public static bool IsTagged(NodeEvent node) => !node.Tag.IsEmpty && !node.Tag.IsNonSpecific;

    public static bool IsBinary(Scalar scalar) => IsTagged(scalar) && scalar.Tag.Value == Core + "binary";

    public static SecretException Twice(Scalar key) =>
        Refused("duplicate-key", $"Line {key.Start.Line.ToString(CultureInfo.InvariantCulture)} of the YAML document gives a key for the second time. Keep one of the two.");

    public static void RefuseAnchor(ParsingEvent node)
    {
        if (node is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Refused("anchor", $"Line {node.Start.Line.ToString(CultureInfo.InvariantCulture)} of the YAML document holds an anchor or an alias. Write each value out; quote a value that begins with & or *.");
    }

    // As it is where every reader takes it for a text.
    public static StringBuilder AppendKey(StringBuilder text, string key)
    {
        bool isPlain = key.Length > 0 && (char.IsAsciiLetter(key[0]) || key[0] == '_') && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && key.ToUpperInvariant() is not ("Y" or "N" or "YES" or "NO" or "ON" or "OFF" or "TRUE" or "FALSE" or "NULL");
        return (isPlain ? text.Append(key) : AppendQuoted(text, key)).Append(": ");
    }

    public static StringBuilder AppendQuoted(StringBuilder text, string value)
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
