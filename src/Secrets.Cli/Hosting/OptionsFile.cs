using System.CommandLine;
using System.CommandLine.Parsing;

namespace Secrets.Cli.Hosting;

/// <summary><c>--options-file</c>: a YAML or JSON mapping that fills the options which the command line leaves out.</summary>
internal static class OptionsFile
{
    /// <summary>The same words with what the file adds to them; null if it adds nothing.</summary>
    public static IReadOnlyList<string>? Fill(ParseResult parsed, IReadOnlyList<string> words, GlobalOptions options, CommandEnvironment environment)
    {
        if (parsed.GetResult(options.OptionsFile) is not { Implicit: false, Tokens: [{ Value: { Length: > 0 } path }] })
            return null;
        List<string> added = [];
        foreach ((string name, SecretValue value) in Read(path, environment))
        {
            Option option = OptionsOf(parsed.CommandResult).FirstOrDefault(option => option.Name == "--" + name || option.Aliases.Contains("--" + name))
                ?? throw new UsageException($"{path}: '{name}' is no option of this command.");
            if (parsed.GetResult(option) is not { Implicit: false })
                added.Add($"{option.Name}={value.RevealString()}");
        }

        // Before what belongs to a program that run starts.
        int end = words.Contains("--") ? words.TakeWhile(word => word != "--").Count() : words.Count;
        return [.. words.Take(end), .. added, .. words.Skip(end)];
    }

    private static SecretValues Read(string path, CommandEnvironment environment)
    {
        string full = environment.FullPath(path);
        if (!File.Exists(full))
            throw new UsageException($"There is no options file {path}.");
        try
        {
            return SecretExchange.ImportValues(File.ReadAllText(full));
        }
        catch (SecretException)
        {
            throw new UsageException($"{path} is not a mapping of options to plain values: write 'scope: project:churn', without the dashes.");
        }
    }

    private static IEnumerable<Option> OptionsOf(CommandResult command) =>
        command.Command.Options.Concat(command.Parent is CommandResult parent ? OptionsOf(parent).Where(option => option.Recursive) : []);
}
