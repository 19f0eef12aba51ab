using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Which secrets go to a program or a directory.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string[]> _secret = new("--secret", "-s") { Description = "A secret: its keys become variables, or its type's files and variables. May be given several times.", HelpName = "name" };
    private readonly Option<string[]> _envFile = new("--env-file") { Description = "A .env file whose values may hold references. May be given several times.", HelpName = "path" };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "A variable whose value may hold references, or be secret:NAME. May be given several times.", HelpName = "NAME=text" };

    public void AddTo(Command command, bool withVariables = true)
    {
        command.Add(_secret);
        if (!withVariables)
            return;
        command.Add(_envFile);
        command.Add(_env);
    }

    /// <summary>Makes the plan; every conflict is found before anything is written.</summary>
    public async Task<InjectionPlan> MakeAsync(CommandCall call, SecretsClient client, CancellationToken cancellationToken)
    {
        InjectionOptions options = new();
        foreach (string path in call.Get(_envFile) ?? [])
            options.EnvFiles.Add(call.Environment.FullPath(path));
        foreach (string pair in call.Get(_env) ?? [])
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new UsageException($"--env takes NAME=text, not '{pair}'.");
            options.Variables[pair[..equals]] = pair[(equals + 1)..];
        }

        InjectionPlan plan = await client.PlanInjectionAsync((call.Get(_secret) ?? []).Select(name => (SecretAttachment)name), options, cancellationToken).ConfigureAwait(false);
        foreach (string notice in plan.Notices)
            call.Note(notice);
        plan.ThrowIfConflicting();
        return plan;
    }
}
