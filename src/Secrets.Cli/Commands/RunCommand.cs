using System.CommandLine;
using System.Diagnostics;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Runs a program with secrets in its environment and files, its output masked.</summary>
internal sealed class RunCommand : SecretsCommand
{
    // What opens the store is the store's and not the program's.
    private static readonly string[] KeyVariables = ["SECRETS_KEY", "SECRETS_KEY_FILE", "SECRETS_PASSPHRASE", "SECRETS_PASSPHRASE_FILE"];

    private readonly PlanOptions _plan = new();
    private readonly Option<bool> _noMasking = new("--no-masking") { Description = "Pass the program's output on as it is." };
    private readonly Option<string?> _mount = new("--mount") { Description = "Where the secrets' files go; else a directory of their own, in memory where there is one.", HelpName = "directory" };
    private readonly Option<string?> _onChange = new("--on-change") { Description = "When a secret changes: nothing (default), signal (SIGHUP), restart.", HelpName = "what" };
    private readonly Argument<string[]> _program = new("program") { Description = "After --: the program and its arguments.", Arity = ArgumentArity.OneOrMore };

    public RunCommand()
        : base(
            "run",
            "Run a program with secrets in its environment and files; its output is masked, its exit code is the answer.",
            "secrets run --secret my-s3 --secret openai_secret -- python train.py",
            "secrets run --env-file app.env -- ./serve",
            "secrets run --env TOKEN=secret:HF_TOKEN -- env")
    {
        _plan.AddTo(this);
        Add(_noMasking);
        Add(_mount);
        Add(_onChange);
        Add(_program);
    }

    // They are the program's.
    public override bool TakesSignals => true;

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string[] program = call.Get(_program) ?? [];
        SecretRunOptions options = new()
        {
            Mask = !call.Get(_noMasking),
            MountDirectory = call.Get(_mount) is { } directory ? call.Environment.FullPath(directory) : null,
            OnChange = ChangeAction(call),
            OnNotice = call.Note,
        };
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            InjectionPlan plan = await _plan.MakeAsync(call, client, cancellationToken).ConfigureAwait(false);
            ProcessStartInfo start = new(program[0], program[1..]) { WorkingDirectory = call.Environment.Directory };
            foreach (string variable in KeyVariables)
                start.Environment.Remove(variable);
            return await client.RunAsync(start, plan, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private SecretChangeAction ChangeAction(CommandCall call) => call.Get(_onChange) switch
    {
        null or "nothing" => SecretChangeAction.None,
        "signal" => SecretChangeAction.Signal,
        "restart" => SecretChangeAction.Restart,
        string other => throw new UsageException($"--on-change takes nothing, signal or restart, not '{other}'."),
    };
}
