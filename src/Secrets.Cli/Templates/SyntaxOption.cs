using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Templates;

/// <summary>Which ways of writing a reference count.</summary>
internal sealed class SyntaxOption
{
    private static readonly string[] TemplateExtensions = [".tmpl", ".tpl", ".template"];

    private readonly Option<string?> _syntax = new("--syntax")
    {
        Description = "all; configuration (all but ${NAME}, which shells own); or some of {{}},<<>>,${},$<>. Else configuration, and all in *.tmpl, *.tpl, *.template.",
        HelpName = "syntaxes",
    };

    public void AddTo(Command command) => command.Add(_syntax);

    /// <summary>What counts in a file, by what was said or by its name.</summary>
    public SecretSyntaxes Of(CommandCall call, string path) => Given(call)
        ?? (TemplateExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? SecretSyntaxes.All : SecretSyntaxes.ConfigurationDefault);

    /// <summary>What counts in a text that is meant to be a template.</summary>
    public SecretSyntaxes OfTemplate(CommandCall call) => Given(call) ?? SecretSyntaxes.All;

    private SecretSyntaxes? Given(CommandCall call)
    {
        if (call.Get(_syntax) is not { } text)
            return null;
        SecretSyntaxes syntaxes = SecretSyntaxes.None;
        foreach (string word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            syntaxes |= word switch
            {
                "all" => SecretSyntaxes.All,
                "configuration" => SecretSyntaxes.ConfigurationDefault,
                "{{}}" => SecretSyntaxes.DoubleBraces,
                "<<>>" => SecretSyntaxes.DoubleAngles,
                "${}" => SecretSyntaxes.DollarBraces,
                "$<>" => SecretSyntaxes.DollarAngles,
                _ => throw new UsageException($"--syntax takes all, configuration, or some of {{{{}}}},<<>>,${{}},$<>; not '{word}'."),
            };
        }

        return syntaxes;
    }
}
