using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Scanning;
using Secrets.Cli.Templates;

namespace Secrets.Cli.Commands;

/// <summary>Finds plaintext secrets in settings, and moves them into the store when told to.</summary>
internal sealed class ScanCommand : SecretsCommand
{
    private static readonly Column[] Columns = [Column.Of("PLACE", "place"), Column.Of("SETTING", "setting"), Column.Of("WHY", "why"), Column.Of("REFERENCE", "reference")];

    private readonly Argument<string[]> _paths = new("path") { Description = "Files and directories; *.json and .env files are read.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _adopt = new("--adopt") { Description = "Move what is found into the store, and leave references behind. A backup of each file is kept." };

    public ScanCommand()
        : base("scan", "Find plaintext secrets in settings. Exit 5 when there are some; never shows a value.", "secrets scan .", "secrets scan appsettings.json --adopt")
    {
        Add(_paths);
        Add(_adopt);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        PlaintextFinding[] findings = Find(call);
        if (call.Get(_adopt) && findings.Length > 0)
            await AdoptAsync(call, findings, cancellationToken).ConfigureAwait(false);
        if (findings.Length == 0)
            call.Note("nothing looks like a secret.");
        if (findings.Length > 0 || call.Format is not OutputFormat.Table)
            call.Answer(Columns, [.. findings.Select(Row)]);
        return findings.Length == 0 || call.Get(_adopt) ? ExitCode.Done : ExitCode.Invalid;
    }

    private PlaintextFinding[] Find(CommandCall call)
    {
        using ProgressLine progress = call.StartProgress("looking at files:");
        List<PlaintextFinding> findings = [];
        foreach ((string path, string text) in TextFiles.Read(call, call.Get(_paths) ?? []))
        {
            if (PlaintextScan.Reads(path))
                findings.AddRange(PlaintextScan.Of(path, text));
            progress.Step();
        }

        return [.. findings];
    }

    private static async Task AdoptAsync(CommandCall call, PlaintextFinding[] findings, CancellationToken cancellationToken)
    {
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            Adoption adoption = new(call, client);
            foreach (IGrouping<string, PlaintextFinding> file in findings.GroupBy(finding => finding.Path))
                await adoption.AdoptAsync(file.Key, [.. file], cancellationToken).ConfigureAwait(false);
        }
    }

    private static JsonObject Row(PlaintextFinding finding) => new()
    {
        ["place"] = $"{finding.Path}:{finding.Line}",
        ["setting"] = finding.Setting,
        ["why"] = finding.Why,
        ["reference"] = finding.Reference,
    };
}
