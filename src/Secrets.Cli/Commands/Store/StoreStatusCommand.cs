using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Shows how the file stands, in numbers.</summary>
internal sealed class StoreStatusCommand() : FileCommand("status", "Show how the file stands: secrets, size, key epoch, what it keeps of versions, rollbacks that were accepted.", "secrets store status")
{
    protected override Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        EncryptedFileStatus status = store.Maintenance.GetStatus();
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{status.Secrets} secrets, {status.FileBytes} bytes of which {status.LiveBytes} are alive, {status.Commits} commits, key epoch {status.KeyEpoch}, store {status.StoreId}\n{RetentionText.Of(status.Retention)}");
        IReadOnlyList<AcceptedRollback> accepted = store.Maintenance.GetAcceptedRollbacks();
        foreach (AcceptedRollback rollback in accepted)
            text += string.Create(CultureInfo.InvariantCulture, $"\nRollback accepted on {PropertiesJson.Of(rollback.AcceptedOn)} by {rollback.By}; commit {rollback.AnchoredCommit} had been seen before.");
        JsonObject fields = new()
        {
            ["store"] = status.StoreId.ToString(),
            ["secrets"] = status.Secrets,
            ["fileBytes"] = status.FileBytes,
            ["liveBytes"] = status.LiveBytes,
            ["commits"] = status.Commits,
            ["generation"] = status.Generation,
            ["keyEpoch"] = status.KeyEpoch,
            ["readOnly"] = store.IsReadOnly,
            ["retention"] = RetentionText.FieldsOf(status.Retention),
            ["acceptedRollbacks"] = new JsonArray([.. accepted.Select(Row)]),
        };
        call.Answer(fields, text);
        return Task.FromResult(ExitCode.Done);
    }

    private static JsonNode Row(AcceptedRollback rollback) => new JsonObject
    {
        ["anchoredCommit"] = rollback.AnchoredCommit,
        ["acceptedOn"] = PropertiesJson.Of(rollback.AcceptedOn),
        ["by"] = rollback.By,
    };
}
