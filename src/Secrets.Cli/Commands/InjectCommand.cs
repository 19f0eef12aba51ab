using System.CommandLine;
using System.Text;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Templates;

namespace Secrets.Cli.Commands;

/// <summary>Resolves the references of a template.</summary>
internal sealed class InjectCommand : SecretsCommand
{
    private readonly Argument<string> _template = new("template") { Description = "A file, or - for standard input." };
    private readonly Option<string?> _file = new("--output", "-o") { Description = "Where to, with mode 0600; else standard output.", HelpName = "path" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };
    private readonly SyntaxOption _syntax = new();

    public InjectCommand()
        : base(
            "inject",
            "Resolve the references of a template: all of them, or nothing is written.",
            "secrets inject app.env.tmpl -o app.env",
            "echo 'Bearer ${WANDB_API_KEY}' | secrets inject -")
    {
        Add(_template);
        Add(_file);
        Add(_force);
        _syntax.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string path = call.Get(_template)!;
        SecretTemplate template = SecretTemplate.Parse(
            path == "-" ? await ReadInputAsync(call, cancellationToken).ConfigureAwait(false) : TextFiles.Read(call, [path]).Single().Text,
            new SecretTemplateOptions { Source = path == "-" ? "standard input" : path, Syntaxes = _syntax.OfTemplate(call) });

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            string text = await client.ResolveAsync(template, cancellationToken).ConfigureAwait(false);
            if (call.Get(_file) is { } target)
                await PrivateFile.WriteAsync(call.Environment.FullPath(target), text, call.Get(_force), cancellationToken).ConfigureAwait(false);
            else
                call.Terminal.Out.Write(text);
        }

        return ExitCode.Done;
    }

    private static async Task<string> ReadInputAsync(CommandCall call, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(call.Terminal.OpenInput(), Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
