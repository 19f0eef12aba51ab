using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Lists the types that secrets can have, with their keys and what they export.</summary>
internal sealed class TypesCommand : SecretsCommand
{
    private static readonly Column[] Columns =
        [Column.Of("TYPE", "type"), Column.Of("KEYS", "keys"), Column.Of("VARIABLES", "variables"), Column.Of("FILES", "files"), Column.Of("WHAT", "description")];

    public TypesCommand()
        : base("types", "List the types of secrets: their keys, and the variables and files they become.", "secrets types", "secrets types --format json")
    {
    }

    protected override Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        call.Answer(Columns, [.. SecretTypeRegistry.Default.Types.Select(Row)]);
        return Task.FromResult(ExitCode.Done);
    }

    private static JsonObject Row(SecretType type) => new()
    {
        ["type"] = type.Id,
        ["aliases"] = Names(type.Aliases),
        ["keys"] = Names(type.Keys.Select(key => key.IsRequired ? key.Name : key.Name + "?")),
        ["variables"] = Names(type.Variables.Select(variable => variable.Name).Distinct()),
        ["files"] = Names(type.Files.Select(file => file.Path)),
        ["description"] = type.Description,
    };

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}
