using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using Secrets.Cli.Commands;

namespace Secrets.Cli.Manual;

/// <summary>The manual page <c>secrets(1)</c>, made of the same command tree as <c>--help</c>, in the man macros of roff.</summary>
internal static class ManualPage
{
    private static readonly (string Code, string When)[] ExitCodes =
    [
        ("0", "Done."),
        ("1", "Failed in another way."),
        ("2", "The command line, a name, a value or a file is not as it must be."),
        ("3", "No such secret, key or version."),
        ("4", "Denied, or the store was not unlocked."),
        ("5", "Validation failed."),
        ("6", "The store is unavailable."),
        ("7", "A conflict: it is there already, or not at the version expected."),
        ("130", "Interrupted."),
    ];

    private static readonly (string Name, string What)[] Variables =
    [
        ("SECRETS_STORE", "Where the secrets are, when --store is not given."),
        ("SECRETS_KEY_FILE, SECRETS_KEY, SECRETS_PASSPHRASE_FILE, SECRETS_PASSPHRASE", "What opens an encrypted file, in this order."),
        ("SECRETS_PROJECT, SECRETS_CLUSTER, SECRETS_USER", "Scopes and person, when the options are not given."),
        ("SECRETS_VALIDATION_LEVEL", "How much validate checks, when --level is not given."),
        ("NO_COLOR", "Not empty: no colours. There are none either when the output is no terminal, or TERM is dumb."),
    ];

    public static string Of(RootCommand root)
    {
        StringBuilder page = new();
        page.Append(".TH SECRETS 1 \"\" \"secrets\" \"User Commands\"\n.SH NAME\nsecrets \\- create, find, check, inject and run with secrets\n");
        page.Append(".SH SYNOPSIS\n.B secrets\n.I command\n.RI [ options ]\n.SH DESCRIPTION\n").Append(Text(root.Description)).Append('\n');
        page.Append("Values never need to be arguments, are shown only with \\fB\\-\\-reveal\\fR, and are masked in the output of programs that\n.B secrets run\nstarts.\n");
        page.Append(".SH OPTIONS\nEvery command takes these.\n");
        foreach (Option option in root.Options.Where(option => !option.Hidden))
            Append(page, option);
        page.Append(".SH COMMANDS\n");
        foreach (Command command in root.Subcommands.Where(command => !command.Hidden))
            Append(page, command, "secrets");
        page.Append(".SH EXIT STATUS\n");
        foreach ((string code, string when) in ExitCodes)
            Entry(page, $"\\fB{code}\\fR", Text(when));
        page.Append(".PP\n.B secrets run\nends as its program does.\n.SH ENVIRONMENT\n");
        foreach ((string name, string what) in Variables)
            Entry(page, $"\\fB{Text(name)}\\fR", Text(what));
        page.Append(".SH FILES\n");
        Entry(page, "\\fIsecrets.json\\fR", Text("Here or in a directory above: the store, and the scopes, of this directory."));
        Entry(page, "\\fI*.secrets\\fR", Text("An encrypted file store; the only one here is used when no other is named. Its key file stands beside it as *.secrets.key."));
        return page.ToString();
    }

    private static void Append(StringBuilder page, Command command, string above)
    {
        string name = $"{above} {command.Name}";
        string arguments = string.Concat(command.Arguments.Select(argument => $" {Usage(argument)}"));
        page.Append(".SS ").Append(Text(name + arguments)).Append('\n').Append(Text(command.Description)).Append('\n');
        if (command.Aliases.Count > 0)
            page.Append(".PP\nAlso called ").Append(string.Join(", ", command.Aliases.Select(alias => $"\\fB{Text(alias)}\\fR"))).Append(".\n");
        foreach (Argument argument in command.Arguments)
            Entry(page, $"\\fI{Text(argument.HelpName ?? argument.Name)}\\fR", Text(argument.Description));
        foreach (Option option in command.Options.Where(option => !option.Hidden && option is not HelpOption))
            Append(page, option);
        if (command is SecretsCommand { Examples.Count: > 0 } known)
        {
            page.Append(".PP\nExamples:\n.PP\n.RS 4\n.nf\n");
            foreach (string example in known.Examples)
                page.Append(Text(example)).Append('\n');
            page.Append(".fi\n.RE\n");
        }

        foreach (Command child in command.Subcommands.Where(child => !child.Hidden))
            Append(page, child, name);
    }

    private static void Append(StringBuilder page, Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias.StartsWith('-')).Prepend(option.Name).OrderBy(name => name.Length).Select(name => $"\\fB{Text(name)}\\fR"));
        Entry(page, option.HelpName is { } value ? $"{names} \\fI{Text(value)}\\fR" : names, Text(option.Description));
    }

    private static void Entry(StringBuilder page, string term, string text) => page.Append(".TP\n").Append(term).Append('\n').Append(text).Append('\n');

    private static string Usage(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    // A line that began with a dot or an apostrophe would be a request; a plain - is a hyphen that nobody can copy.
    private static string Text(string? text)
    {
        string plain = (text ?? "").Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
        return plain.StartsWith('.') ? "\\&" + plain : plain;
    }
}
