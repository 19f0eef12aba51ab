using Secrets.Cli.Hosting;

namespace Secrets.Cli.Templates;

/// <summary>Files parsed for references: the templates, and what is wrong with those that do not parse.</summary>
internal sealed record ParsedFiles(IReadOnlyList<SecretTemplate> Templates, IReadOnlyList<(string Path, SecretException Error)> Malformed, int FileCount)
{
    public static ParsedFiles Read(CommandCall call, IEnumerable<string> paths, SyntaxOption syntax)
    {
        List<SecretTemplate> templates = [];
        List<(string Path, SecretException Error)> malformed = [];
        int count = 0;
        foreach ((string path, string text) in TextFiles.Read(call, paths))
        {
            count++;
            SecretTemplateOptions options = new() { Source = path, Syntaxes = syntax.Of(call, path) };
            if (!SecretTemplate.TryParse(text, options, out SecretTemplate? template, out SecretException? error))
                malformed.Add((path, error!));
            else if (template.HasReferences)
                templates.Add(template);
        }

        return new ParsedFiles(templates, malformed, count);
    }
}
