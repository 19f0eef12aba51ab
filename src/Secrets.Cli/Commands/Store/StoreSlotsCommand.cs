using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands.Store;

/// <summary>Lists, adds, replaces and removes the ways to open the file.</summary>
internal sealed class StoreSlotsCommand : FileCommand
{
    private static readonly Column[] Columns = [Column.Of("ID", "id"), Column.Of("KIND", "kind"), Column.Of("LABEL", "label"), Column.Of("CREATED", "createdOn")];

    private readonly Option<string?> _addKeyFile = new("--add-key-file") { Description = "Add a key file, which is made if it is not there.", HelpName = "path" };
    private readonly Option<bool> _addPassphrase = new("--add-passphrase") { Description = "Add a passphrase, which is asked for." };
    private readonly Option<string?> _remove = new("--remove") { Description = "Remove this slot, by the beginning of its id.", HelpName = "id" };
    private readonly Option<string?> _replace = new("--replace") { Description = "Put what is added in the place of this slot, in one step.", HelpName = "id" };

    public StoreSlotsCommand()
        : base(
            "slots",
            "List the ways to open the file, add one, replace one, or remove one. Any one opens; secrets are not touched.",
            "secrets store slots",
            "secrets store slots --add-key-file /mnt/usb/app.key",
            "secrets store slots --replace 3f2a --add-passphrase",
            "secrets store slots --remove 3f2a")
    {
        Add(_addKeyFile);
        Add(_addPassphrase);
        Add(_remove);
        Add(_replace);
    }

    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        if (call.Get(_replace) is { } old)
        {
            await ReplaceAsync(call, store, old, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            foreach (Func<UnlockMethod> added in Added(call))
                await store.Slots.AddAsync(added(), cancellationToken).ConfigureAwait(false);
        }

        if (call.Get(_remove) is { } id)
            await store.Slots.RemoveAsync(Find(store, id), cancellationToken).ConfigureAwait(false);
        call.Answer(Columns, [.. store.Slots.List().Select(Row)]);
        return ExitCode.Done;
    }

    private async Task ReplaceAsync(CommandCall call, EncryptedFileSecretStore store, string old, CancellationToken cancellationToken)
    {
        if (Added(call) is not [var added])
            throw new UsageException("--replace takes one thing in the slot's place: --add-key-file PATH or --add-passphrase.");
        Guid replaced = Find(store, old);
        await store.Slots.ReplaceAsync(replaced, added(), cancellationToken).ConfigureAwait(false);
    }

    // Asked for when their turn comes, after what can be refused without an answer.
    private List<Func<UnlockMethod>> Added(CommandCall call)
    {
        List<Func<UnlockMethod>> added = [];
        if (call.Get(_addKeyFile) is { } path)
            added.Add(() => UnlockMethod.KeyFile(call.Environment.FullPath(path)));
        if (call.Get(_addPassphrase))
            added.Add(() => UnlockChoice.AskForNewPassphrase(call));
        return added;
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
