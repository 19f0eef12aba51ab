using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Secrets;

/// <summary>The element <c>secrets</c> of a deployment's YAML. Read from the parser's events: the rest of the file is the host's, and is not looked at.</summary>
internal static class AttachmentYaml
{
    private const string Element = "secrets";

    internal static IReadOnlyList<SecretAttachment> Read(string text)
    {
        List<SecretAttachment> found = [];
        try
        {
            Parser parser = new(new StringReader(text));
            parser.Consume<StreamStart>();
            while (parser.TryConsume<DocumentStart>(out _))
            {
                if (parser.Accept<MappingStart>(out _)) ReadMapping(parser, found);
                else parser.SkipThisAndNestedEvents();
                parser.Consume<DocumentEnd>();
            }
        }
        catch (YamlException malformed)
        {
            // Not what the parser says: that can quote the document.
            throw Refused(malformed.Start, "the document is not YAML. Mend it, or give the names in code.");
        }

        return found;
    }

    private static void ReadMapping(Parser parser, List<SecretAttachment> found)
    {
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            bool isIt = parser.Current is Scalar { Value: Element };
            parser.SkipThisAndNestedEvents();
            if (isIt) ReadNames(parser, found);
            else parser.SkipThisAndNestedEvents();
        }
    }

    private static void ReadNames(Parser parser, List<SecretAttachment> found)
    {
        if (!parser.TryConsume<SequenceStart>(out _)) throw Refused(parser.Current!.Start, "'secrets' is not a list. Write one name a line, as in '- my-secret'.");
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            // A name is text, whatever YAML would make of it: a plain 1 is the name 1. Only what stands for nothing is none.
            ParsingEvent entry = parser.Consume<ParsingEvent>();
            if (entry is not Scalar name || name is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" } or { Value: "" })
                throw Refused(entry.Start, "an entry of 'secrets' is not a name. Write the name of a secret, in quotes where it looks like something else.");
            if (!found.Exists(known => known.Lookup.Name == name.Value)) found.Add(new SecretAttachment(new SecretLookup(name.Value)));
        }
    }

    private static SecretException Refused(Mark at, string problem) =>
        new(SecretErrorCode.InvalidArgument, $"Line {at.Line.ToString(CultureInfo.InvariantCulture)}: {problem}") { Reason = "attachments" };
}
