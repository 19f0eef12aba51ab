using Secrets.Cli.Hosting;

namespace Secrets.Cli.Values;

/// <summary>The pairs of <c>--values</c>: a JSON object, or a YAML mapping, of scalars. Numbers and booleans are taken as they are written.</summary>
internal static class ValuesDocument
{
    public static SecretValues Parse(string text, string source)
    {
        try
        {
            return SecretExchange.ImportValues(text);
        }
        catch (SecretException e)
        {
            // Wrong use of the tool, not a failure of a store. What the library says names lines and quotes nothing.
            throw new UsageException(e.Reason == "document" ? $"{source} is neither a JSON object nor a YAML mapping of keys to plain values." : $"{source}: {e.Message}");
        }
    }
}
