namespace Secrets;

/// <summary>Resolves templates: one batch of lookups, one version of each secret, one pass over each template.</summary>
internal static class SecretTemplateResolver
{
    /// <summary>Renders from memory alone, with no allocation but the result.</summary>
    /// <returns>The text; null if some secret is not in memory, or the template needs more than plain values.</returns>
    internal static string? TryResolveWarm(ISecretsClient client, SecretTemplate template)
    {
        ReadOnlySpan<SecretLookup> lookups = template.LookupSpan;
        if (!template.PlainNamesOnly || lookups.Length > EightOnStack<Secret?>.Length) return null;
        EightOnStack<Secret?> secrets = default;
        for (int i = 0; i < lookups.Length; i++)
        {
            if (!client.TryGetSecret(lookups[i].Name, out secrets[i])) return null;
        }

        return SecretTemplateRenderer.TryRender(template, secrets);
    }

    internal static async ValueTask<IReadOnlyList<SecretTemplateResult>> ResolveAsync(
        ISecretsClient client, IReadOnlyList<SecretTemplate> templates, SecretResolveOptions options, CancellationToken cancellationToken)
    {
        SecretSnapshot snapshot = new(client);
        await snapshot.LoadAsync(templates.SelectMany(template => template.Lookups), cancellationToken).ConfigureAwait(false);

        SecretTemplateResult[] results = new SecretTemplateResult[templates.Count];
        SecretNearNames names = new(client, options.SuggestNames);
        for (int i = 0; i < results.Length; i++)
            results[i] = await RenderAsync(templates[i], snapshot, options, names, cancellationToken).ConfigureAwait(false);
        return results;
    }

    internal static async ValueTask<string> ResolveColdAsync(
        ISecretsClient client, SecretTemplate template, SecretResolveOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<SecretTemplateResult> results = await ResolveAsync(client, [template], options, cancellationToken).ConfigureAwait(false);
        return results[0].GetTextOrThrow();
    }

    private static async ValueTask<SecretTemplateResult> RenderAsync(
        SecretTemplate template, SecretSnapshot snapshot, SecretResolveOptions options, SecretNearNames names, CancellationToken cancellationToken)
    {
        if (template.Literal is { } literal) return new SecretTemplateResult(template, literal, null, IsDegraded: false);
        SecretLookupResult[] results = snapshot.ResultsOf(template);
        List<SecretReferenceFault> faults = [];
        if (SecretTemplateRenderer.Render(template, results, options, faults) is { } text)
            return new SecretTemplateResult(template, text, null, Array.Exists(results, result => result.IsDegraded));

        IReadOnlyList<SecretReferenceProblem> problems = await SecretProblems.DescribeAsync(faults, names, cancellationToken).ConfigureAwait(false);
        return new SecretTemplateResult(template, null, new SecretResolutionException(problems), IsDegraded: false);
    }
}
