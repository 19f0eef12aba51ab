using System.CommandLine;
using System.Globalization;
using Secrets.Cli.Hosting;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>What a secret is besides its values: description, tags, expiry.</summary>
internal sealed class DetailOptions
{
    private readonly Option<string?> _description = new("--description") { Description = "What it is for. Not secret.", HelpName = "text" };

    private readonly Option<string[]> _tag = new("--tag") { Description = "A label, as name=text. May be given several times.", HelpName = "name=text" };

    private readonly Option<string?> _expires = new("--expires") { Description = "When it ends: 2027-01-31, 2027-01-31T12:00:00Z, or from now: 30d, 12h, 45m, 90s.", HelpName = "when" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_description, _tag, _expires])
            command.Add(option);
    }

    public void Fill(CommandCall call, CreateSecretOptions options)
    {
        options.Description = call.Get(_description);
        options.ExpiresOn = Expiry(call);
        foreach ((string name, string text) in Tags(call))
            options.Tags[name] = text;
    }

    public void Fill(CommandCall call, SecretUpdate update)
    {
        if (call.Has(_description)) update.Description = call.Get(_description) is { Length: > 0 } text ? text : null;
        if (call.Has(_expires)) update.ExpiresOn = Expiry(call);
        if (call.Has(_tag)) update.Tags = Tags(call);
    }

    public bool HasAny(CommandCall call) => call.Has(_description) || call.Has(_tag) || call.Has(_expires);

    private Dictionary<string, string> Tags(CommandCall call)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (string tag in call.Get(_tag) ?? [])
        {
            int equals = tag.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UsageException($"--tag takes name=text, not '{tag}'.");
            tags[tag[..equals]] = tag[(equals + 1)..];
        }

        return tags;
    }

    private DateTimeOffset? Expiry(CommandCall call)
    {
        if (call.Get(_expires) is not { Length: > 0 } text)
            return null;
        DateTimeOffset now = call.Environment.Time.GetUtcNow();
        if (DurationText.TryParse(text, out TimeSpan left) && left <= DateTimeOffset.MaxValue - now)
            return now + left;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant)
            ? instant
            : throw new UsageException($"--expires does not understand '{text}': write 2027-01-31, 2027-01-31T12:00:00Z, 30d, 12h, 45m or 90s.");
    }
}
