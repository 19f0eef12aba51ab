using System.CommandLine;
using System.CommandLine.Parsing;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>How secrets are written down in a file: <c>--as</c>, else what the file's name says.</summary>
internal sealed class ExchangeOption
{
    private const string Words = "json, yaml or dotenv";

    private readonly Option<SecretExchangeFormat?> _as = new("--as")
    {
        Description = $"How the file is written: {Words}. Else what its name says.",
        HelpName = "form",
        CustomParser = Parse,
    };

    public void AddTo(Command command)
    {
        _as.CompletionSources.Add("json", "yaml", "dotenv");
        command.Add(_as);
    }

    /// <summary>The form to write in: JSON with <c>--format json</c>, and YAML if nothing says otherwise.</summary>
    public SecretExchangeFormat ToWrite(CommandCall call, string? path) =>
        call.Get(_as) ?? (call.Format is OutputFormat.Json ? SecretExchangeFormat.Json : Named(path) ?? SecretExchangeFormat.Yaml);

    /// <summary>The secrets of a file; without a word about it, JSON or YAML is told from what is in it.</summary>
    public IReadOnlyList<SecretImport> Read(CommandCall call, string path, SecretValue document)
    {
        try
        {
            return SecretExchange.ImportAll(document, call.Get(_as) ?? Named(path));
        }
        catch (SecretException e)
        {
            // Wrong use of the tool, not a failure of a store. What the library says quotes nothing.
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    private static SecretExchangeFormat? Named(string? path)
    {
        string name = Path.GetFileName(path ?? "");
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSON" => SecretExchangeFormat.Json,
            ".YAML" or ".YML" => SecretExchangeFormat.Yaml,
            ".ENV" => SecretExchangeFormat.Dotenv,
            _ => name.StartsWith(".env", StringComparison.Ordinal) ? SecretExchangeFormat.Dotenv : null,
        };
    }

    private static SecretExchangeFormat? Parse(ArgumentResult result)
    {
        string word = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        switch (word)
        {
            case "json": return SecretExchangeFormat.Json;
            case "yaml": return SecretExchangeFormat.Yaml;
            case "dotenv": return SecretExchangeFormat.Dotenv;
            default:
                result.AddError($"--as takes {Words}, not '{word}'.");
                return null;
        }
    }
}
