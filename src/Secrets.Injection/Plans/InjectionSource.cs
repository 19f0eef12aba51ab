namespace Secrets;

/// <summary>What a plan was asked for; reads it as often as something changes.</summary>
internal sealed class InjectionSource(ISecretsClient client, IReadOnlyList<SecretAttachment> attachments, InjectionOptions options)
{
    private const string SecretPrefix = "secret:";

    private readonly Dictionary<string, (string Text, string Source)> _plain = new(StringComparer.Ordinal);
    private readonly List<string> _notices = [];
    private bool _envFilesRead;

    internal ISecretsClient Client => client;

    internal InjectionOptions Options => options;

    /// <summary>Everything whose change may change the plan.</summary>
    internal IReadOnlyList<SecretLookup> Lookups { get; private set; } = [];

    internal async ValueTask<InjectionContent> ReadAsync(CancellationToken cancellationToken)
    {
        ReadPlain();
        InjectionContentBuilder builder = new(options);
        foreach (string notice in _notices) builder.AddNotice(notice);
        Dictionary<string, SecretTemplate> templates = new(StringComparer.Ordinal);
        Dictionary<string, SecretLookup> wholes = new(StringComparer.Ordinal);
        foreach ((string name, (string text, string source)) in _plain)
        {
            if (text.StartsWith(SecretPrefix, StringComparison.Ordinal) && text.Length > SecretPrefix.Length) wholes[name] = new SecretLookup(text[SecretPrefix.Length..]);
            else templates[name] = SecretTemplate.Parse(text, new SecretTemplateOptions { Syntaxes = options.Syntaxes, Source = source, Path = name });
        }

        Lookups = [.. attachments.Select(static attachment => attachment.Lookup).Concat(wholes.Values).Concat(templates.Values.SelectMany(static template => template.Lookups)).Distinct()];
        Dictionary<SecretLookup, SecretLookupResult> results = await LookUpAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfAnyFailed(results, attachments.Select(static attachment => attachment.Lookup).Concat(wholes.Values));
        foreach (SecretLookupResult result in results.Values)
        {
            if (result.Secret is not null) builder.AddSecret(result.Secret);
        }

        foreach (SecretAttachment attachment in attachments) builder.Add(attachment, results[attachment.Lookup].Secret!);
        foreach ((string name, SecretLookup lookup) in wholes) builder.AddPlain(name, results[lookup].Secret!.SingleValue(), _plain[name].Source, isSensitive: true);
        IReadOnlyList<SecretTemplateResult> resolved = await client.ResolveAllAsync([.. templates.Values], cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach ((string name, SecretTemplateResult result) in templates.Keys.Zip(resolved)) builder.AddPlain(name, result.GetTextOrThrow(), _plain[name].Source, result.Template.HasReferences);

        return builder.Build();
    }

    private async ValueTask<Dictionary<SecretLookup, SecretLookupResult>> LookUpAsync(CancellationToken cancellationToken)
    {
        if (Lookups.Count == 0) return [];
        IReadOnlyList<SecretLookupResult> results = await client.GetSecretsAsync(Lookups, cancellationToken).ConfigureAwait(false);
        return Lookups.Zip(results).ToDictionary(static pair => pair.First, static pair => pair.Second);
    }

    private static void ThrowIfAnyFailed(Dictionary<SecretLookup, SecretLookupResult> results, IEnumerable<SecretLookup> needed)
    {
        SecretException[] errors = [.. needed.Distinct().Select(lookup => results[lookup].Error).OfType<SecretException>()];
        if (errors.Length == 0) return;
        if (errors.Length == 1) throw errors[0];
        SecretErrorCode code = errors.All(error => error.Code == errors[0].Code) ? errors[0].Code : SecretErrorCode.ValidationFailed;
        throw new SecretException(code, $"{errors.Length} secrets of the plan cannot be used:\n{string.Join('\n', errors.Select(static error => "- " + error.Message))}", errors[0]) { Reason = "several-secrets" };
    }

    private void ReadPlain()
    {
        if (_envFilesRead) return;
        foreach (string path in options.EnvFiles)
        {
            DotEnvFile file = DotEnvFile.Read(path);
            _notices.AddRange(file.Warnings.Select(warning => $"{path}: {warning}"));
            foreach ((string name, SecretValue value) in file.Values) _plain[name] = (value.RevealString(), path);
        }

        foreach ((string name, string value) in options.Variables) _plain[name] = (value, "the variables given");
        _envFilesRead = true;
    }
}
