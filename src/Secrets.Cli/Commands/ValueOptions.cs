using System.CommandLine;
using Secrets.Cli.Hosting;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>The ways to give keys and values: pairs, a document, prompts. A value never has to be an argument.</summary>
internal sealed class ValueOptions
{
    private readonly Argument<string[]> _words = new("name-and-pairs")
    {
        Description = "The secret's name, and pairs: key=value, --key=value, key=@file, key=- (standard input). @@ is an @ that is meant.",
        HelpName = "NAME [key=value]...",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _values = new("--values", "-v") { Description = "A JSON object or YAML mapping of keys and values, @file, or - for standard input. Wins over pairs.", HelpName = "document" };

    private readonly Option<string[]> _fromFile = new("--from-file") { Description = "A .env file of keys and values. May be given several times; later files win, pairs win over files.", HelpName = "path" };

    private readonly Option<string[]> _prompt = new("--prompt") { Description = "Ask for this key's value, unechoed. May be given several times.", HelpName = "key" };

    private readonly Option<bool> _interactive = new("--interactive", "-i") { Description = "Ask for keys and values until an empty key." };

    private readonly Option<bool> _echo = new("--echo") { Description = "Show what is typed at --prompt and -i while it is typed, for somebody who is alone with the screen. Once saved it is hidden." };

    public void AddTo(Command command)
    {
        command.Add(_words);
        command.Add(_values);
        command.Add(_fromFile);
        command.Add(_prompt);
        command.Add(_interactive);
        command.Add(_echo);
    }

    /// <summary>Reads everything that the call gives; no pair at all is an empty set.</summary>
    public (string Name, SecretValues Values) Read(CommandCall call)
    {
        IEnumerable<string> optionNames = call.Parsed.CommandResult.Command.Options.Select(option => option.Name);
        PairArguments words = PairArguments.Parse(call.Get(_words) ?? [], optionNames);
        if (call.Get(_interactive) && (words.Pairs.Count > 0 || call.Has(_values) || call.Has(_fromFile)))
            throw new UsageException("-i asks for everything; leave out pairs, --values and --from-file, or leave out -i.");

        ValueText text = new(call);
        SecretValues values = [];
        foreach (string path in call.Get(_fromFile) ?? [])
            ReadDotEnv(call, path, values);
        foreach ((string key, string value) in words.Pairs)
            values[key] = text.Read(key, value);
        if (call.Get(_values) is { } document)
        {
            foreach ((string key, SecretValue value) in ValuesDocument.Parse(Document(document, text), "--values"))
                values[key] = value;
        }

        foreach (string key in call.Get(_prompt) ?? [])
            values[key] = Ask(call, key);
        if (call.Get(_interactive))
            AskForPairs(call, values);
        return (words.Name, values);
    }

    private static void ReadDotEnv(CommandCall call, string path, SecretValues values)
    {
        DotEnvFile file = DotEnvFile.Read(call.Environment.FullPath(path));
        foreach (string warning in file.Warnings)
            call.Note(warning);
        foreach ((string key, SecretValue value) in file.Values)
            values[key] = value;
    }

    private static string Document(string document, ValueText text)
    {
        if (document != "-" && !document.StartsWith('@'))
            return document;
        SecretValue value = text.Read("--values", document);
        return value.IsText ? value.RevealString() : throw new UsageException("--values is not text.");
    }

    private SecretValue Ask(CommandCall call, string key)
    {
        if (!call.CanAsk)
            throw new UsageException($"There is no terminal to ask for the value of '{key}' on. Use {key}=@file or {key}=-.");
        SecretValue? answer = !call.Get(_echo)
            ? call.Terminal.AskUnechoed($"{key}: ")
            : call.Terminal.Ask($"{key}: ") is { } seen ? SecretValue.FromString(seen) : null;
        return answer ?? throw new UsageException($"No value was given for '{key}'.");
    }

    private void AskForPairs(CommandCall call, SecretValues values)
    {
        if (!call.CanAsk)
            throw new UsageException("There is no terminal to ask on. Use key=@file, key=- or --values @file.");
        while (call.Terminal.Ask("key (empty to finish): ") is { Length: > 0 } key)
        {
            if (values.ContainsKey(key))
                call.Note($"the key '{key}' is there already; passed over.");
            else
                values[key] = Ask(call, key);
        }
    }
}
