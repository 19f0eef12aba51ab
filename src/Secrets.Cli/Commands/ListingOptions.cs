using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>The options that say which secrets a listing has, in which order, and which page of them.</summary>
internal sealed class ListingOptions
{
    // By name unless said otherwise: what people look for. Those of one name in a fixed order.
    private const string DefaultSort = "name,scope,private";

    private readonly Option<string?> _name = new("--name") { Description = "A condition on the name: openai_secret, startswith:openai, oneof:[\"a\",\"b\"].", HelpName = "condition" };
    private readonly Option<string?> _type = new("--type") { Description = "A condition on the type.", HelpName = "condition" };
    private readonly Option<string[]> _filter = new("--filter", "-f") { Description = "A condition on any field, as created=gt:2030-01-31. May be given several times.", HelpName = "field=condition" };
    private readonly Option<string> _logic = new("--logical-operator") { Description = "and: all conditions hold; or: one of them.", HelpName = "and|or", DefaultValueFactory = _ => "and" };
    private readonly Option<string?> _search = new("--search") { Description = "A text in name, description or a tag, whatever its case.", HelpName = "text" };
    private readonly Option<string[]> _sort = new("--sort", "--sort-by") { Description = "The order: name, desc:created, or several: type,desc:created. Else by name.", HelpName = "order" };
    private readonly Option<int> _page = new("--page") { Description = "Which page, from 1; else all secrets.", HelpName = "number", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _size = new("--size", "--limit") { Description = "How many on a page, 1 to 10,000.", HelpName = "count", DefaultValueFactory = _ => 20 };
    private readonly Option<string?> _after = new("--after") { Description = "The page after one that was shown, by what that one said.", HelpName = "token" };
    private readonly Option<bool> _deleted = new("--deleted") { Description = "Deleted ones that can be recovered, too." };
    private readonly LookupOptions _where = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_name, _type, _filter, _logic, _search, _sort, _page, _size, _after, _deleted])
            command.Add(option);
        _where.AddTo(command);
    }

    public bool IsPaged(CommandCall call) => call.Has(_page) || call.Has(_size) || call.Has(_after);

    public SecretPageQuery Query(CommandCall call) => new()
    {
        Filters = [.. Filters(call)],
        Logic = call.Get(_logic) switch
        {
            "and" => SecretFilterLogic.And,
            "or" => SecretFilterLogic.Or,
            string other => throw new UsageException($"--logical-operator takes and or or, not '{other}'."),
            null => SecretFilterLogic.And,
        },
        Search = call.Get(_search),
        Scope = _where.Scope(call),
        Visibility = _where.Visibility(call),
        Sort = Sort(call),
        Page = call.Get(_page),
        Size = call.Get(_size),
        After = call.Get(_after),
        IncludeDeleted = call.Get(_deleted),
    };

    private IEnumerable<SecretFilter> Filters(CommandCall call)
    {
        if (call.Get(_name) is { } name) yield return SecretFilter.Parse(SecretField.Name, name);
        if (call.Get(_type) is { } type) yield return SecretFilter.Parse(SecretField.Type, type);
        foreach (string filter in call.Get(_filter) ?? [])
        {
            int equals = filter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UsageException("--filter takes field=condition, as created=gt:2030-01-31.");
            yield return SecretFilter.Parse(filter[..equals], filter[(equals + 1)..]);
        }
    }

    private SecretSort Sort(CommandCall call)
    {
        string[] given = call.Get(_sort) ?? [];
        SecretSort sort = SecretSort.Parse(given.Length == 0 ? DefaultSort : string.Join(',', given), out string? warning);
        if (warning is not null)
            call.Note(warning);
        return sort;
    }
}
