using System.CommandLine;
using Secrets.Cli.Hosting;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands.Store;

/// <summary>Shows or sets how many versions the file keeps, and how long.</summary>
internal sealed class StoreRetentionCommand : FileCommand
{
    private const string NoLimit = "none";

    private readonly Option<int?> _maxVersions = new("--max-versions") { Description = "How many versions of each secret are kept, the current one included; 2 or more.", HelpName = "count" };
    private readonly Option<string?> _maxAge = new("--max-age") { Description = "How long earlier versions are kept: 30d, 12h, 45m, 90s; none for no limit.", HelpName = "time" };

    public StoreRetentionCommand()
        : base(
            "retention",
            "Show or set how many versions of each secret the file keeps, and how long. Kept in the file, so every writer obeys it.",
            "secrets store retention",
            "secrets store retention --max-versions 500 --max-age 90d",
            "secrets store retention --max-age none")
    {
        Add(_maxVersions);
        Add(_maxAge);
    }

    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        EncryptedFileRetention before = store.Maintenance.GetStatus().Retention;
        EncryptedFileRetention wanted = new(call.Get(_maxVersions) ?? before.MaxVersions, call.Get(_maxAge) is { } age ? AgeOf(age) : before.MaxVersionAge);
        if (call.Has(_maxVersions) || call.Has(_maxAge))
        {
            await store.Maintenance.SetRetentionAsync(wanted, cancellationToken).ConfigureAwait(false);
            call.Note("a secret's earlier versions go when it is next written; secrets store prune does it now.");
        }

        call.Answer(RetentionText.FieldsOf(wanted), RetentionText.Of(wanted));
        return ExitCode.Done;
    }

    private static TimeSpan? AgeOf(string text)
    {
        if (text == NoLimit)
            return null;
        return DurationText.TryParse(text, out TimeSpan age)
            ? age
            : throw new UsageException($"--max-age does not understand '{text}': write 30d, 12h, 45m, 90s or {NoLimit}.");
    }
}
