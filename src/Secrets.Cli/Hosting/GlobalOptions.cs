using System.CommandLine;
using System.CommandLine.Parsing;
using Secrets.Cli.Output;

namespace Secrets.Cli.Hosting;

/// <summary>The options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Store { get; } = new("--store") { Description = "Where the secrets are, as a URL or the path of an encrypted file. Else SECRETS_STORE, secrets.json, the one *.secrets file here.", HelpName = "url", Recursive = true };

    public Option<string?> KeyFile { get; } = new("--key-file") { Description = "The key file of an encrypted file. Else SECRETS_KEY_FILE, SECRETS_KEY, SECRETS_PASSPHRASE_FILE, SECRETS_PASSPHRASE, the file beside the store, a prompt.", HelpName = "path", Recursive = true };

    public Option<string?> Project { get; } = new("--project") { Description = "Look in this project first. Else SECRETS_PROJECT, secrets.json.", HelpName = "id", Recursive = true };

    public Option<string?> Cluster { get; } = new("--cluster") { Description = "Look in this cluster before the team. Else SECRETS_CLUSTER, secrets.json.", HelpName = "id", Recursive = true };

    public Option<string?> User { get; } = new("--user") { Description = "Whose private secrets are in reach. Else SECRETS_USER, the user of this machine.", HelpName = "id", Recursive = true };

    public Option<OutputFormat> Format { get; } = new("--format") { Description = "table, json, yaml; lists also csv, tsv.", HelpName = "format", Recursive = true, CustomParser = ParseFormat };

    public Option<bool> NoInput { get; } = new("--no-input") { Description = "Never ask; what is missing is an error.", Recursive = true };

    public Option<string?> OptionsFile { get; } = new("--options-file") { Description = "A YAML or JSON mapping of options, without dashes; fills those that the command line leaves out.", HelpName = "path", Recursive = true };

    public void AddTo(Command root)
    {
        Format.CompletionSources.Add("table", "json", "yaml", "csv", "tsv");
        foreach (Option option in (Option[])[Store, KeyFile, Project, Cluster, User, Format, NoInput, OptionsFile])
            root.Add(option);
    }

    private static OutputFormat ParseFormat(ArgumentResult result)
    {
        string word = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        switch (word)
        {
            case "table": return OutputFormat.Table;
            case "json": return OutputFormat.Json;
            case "yaml": return OutputFormat.Yaml;
            case "csv": return OutputFormat.Csv;
            case "tsv": return OutputFormat.Tsv;
            default:
                result.AddError($"--format takes table, json, yaml, csv or tsv, not '{word}'.");
                return default;
        }
    }
}
