using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Creates a secret.</summary>
internal sealed class CreateCommand : SecretsCommand
{
    private readonly ValueOptions _values = new();
    private readonly LookupOptions _place = new();
    private readonly TypeOptions _type = new();
    private readonly DetailOptions _details = new();
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the whole secret if it is there." };

    public CreateCommand()
        : base(
            "create",
            "Create a secret. Fails if it is there.",
            "secrets create openai_secret --api_key=@key.txt --organization_id=org-1",
            "pass show db | secrets create db username=ada password=-",
            "secrets create mine --prompt api_key --private --scope project:churn --expires 30d",
            "secrets create mlflow_secret --values @mlflow.yaml",
            "secrets create my-s3 --type s3 --config-file ~/.aws/config --credentials-file ~/.aws/credentials")
    {
        _values.AddTo(this);
        _place.AddTo(this);
        _type.AddTo(this);
        _details.AddTo(this);
        Add(_overwrite);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        (string name, SecretValues values) = _values.Read(call);
        SecretDraft? draft = _type.IsGiven(call) ? _type.Draft(call, name, values) : null;
        values = draft?.Values ?? values;
        if (values.Count == 0)
            throw new UsageException("A secret needs at least one key: key=@file, key=-, --prompt key, --values @file, or -i.");
        CreateSecretOptions options = draft?.Options ?? new CreateSecretOptions();
        options.Visibility = _place.Visibility(call) ?? SecretVisibility.Public;
        options.Scope = _place.Scope(call) ?? SecretScope.Team;
        options.Overwrite = call.Get(_overwrite);
        _details.Fill(call, options);
        foreach (string notice in draft?.Notices ?? [])
            call.Note(notice);

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretProperties created = draft is null
                ? await client.CreateSecretAsync(name, values, options, cancellationToken).ConfigureAwait(false)
                : await client.CreateSecretAsync(draft, cancellationToken).ConfigureAwait(false);
            string what = created.Type is { } type ? $"✔  Created {type} secret: {created.Name} ({created.Scope}, {PropertiesJson.Of(created.Visibility)})" : $"Created {created.Address}";
            call.Answer(PropertiesJson.Of(created), $"{what}, version {created.Version}: {string.Join(", ", values.Keys)}");
        }

        return ExitCode.Done;
    }
}
