using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands.Store;

/// <summary>Lists, adds and removes the ways to open the file.</summary>
internal sealed class StoreSlotsCommand : FileCommand
{
    private static readonly Column[] Columns = [Column.Of("ID", "id"), Column.Of("KIND", "kind"), Column.Of("LABEL", "label"), Column.Of("CREATED", "createdOn")];

    private readonly Option<string?> _addKeyFile = new("--add-key-file") { Description = "Add a key file, which is made if it is not there.", HelpName = "path" };
    private readonly Option<bool> _addPassphrase = new("--add-passphrase") { Description = "Add a passphrase, which is asked for." };
    private readonly Option<string?> _remove = new("--remove") { Description = "Remove this slot, by the beginning of its id.", HelpName = "id" };

    public StoreSlotsCommand()
        : base(
            "slots",
            "List the ways to open the file, add one, or remove one. Any one opens; secrets are not touched.",
            "secrets store slots",
            "secrets store slots --add-key-file /mnt/usb/app.key",
            "secrets store slots --remove 3f2a")
    {
        Add(_addKeyFile);
        Add(_addPassphrase);
        Add(_remove);
    }

    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        if (call.Get(_addKeyFile) is { } path)
            await store.Slots.AddAsync(UnlockMethod.KeyFile(call.Environment.FullPath(path)), cancellationToken).ConfigureAwait(false);
        if (call.Get(_addPassphrase))
            await store.Slots.AddAsync(UnlockChoice.AskForNewPassphrase(call), cancellationToken).ConfigureAwait(false);
        if (call.Get(_remove) is { } id)
            await store.Slots.RemoveAsync(Find(store, id), cancellationToken).ConfigureAwait(false);
        call.Answer(Columns, [.. store.Slots.List().Select(Row)]);
        return ExitCode.Done;
    }

    private static Guid Find(EncryptedFileSecretStore store, string id)
    {
        UnlockSlot[] found = [.. store.Slots.List().Where(slot => slot.Id.ToString().StartsWith(id, StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found[0].Id,
            0 => throw new SecretException(SecretErrorCode.NotFound, $"No slot's id begins with '{id}'. See secrets store slots"),
            _ => throw new SecretException(SecretErrorCode.Ambiguous, $"{found.Length} slots' ids begin with '{id}'. Give more of it."),
        };
    }

    private static JsonObject Row(UnlockSlot slot) => new()
    {
        ["id"] = slot.Id.ToString(),
        ["kind"] = slot.Kind.ToString().ToLowerInvariant(),
        ["label"] = slot.Label,
        ["createdOn"] = PropertiesJson.Of(slot.CreatedOn),
    };
}
