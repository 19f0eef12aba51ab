namespace Secrets;

/// <summary>Puts the secrets at hand into one key's text.</summary>
internal static class OverlayRendering
{
    /// <summary>The entry after a try; as it was, if one of its secrets was not asked for yet.</summary>
    internal static OverlayEntry Render(OverlayEntry before)
    {
        if (before.Key.Template is not { HasReferences: true } template || before.Key.Secrets is not { } secrets) return before;
        EightOnStack<Secret?> onStack = default;
        Span<Secret?> found = secrets.Length <= EightOnStack<Secret?>.Length ? ((Span<Secret?>)onStack)[..secrets.Length] : new Secret?[secrets.Length];
        SecretException? kept = null;
        bool all = true;
        for (int i = 0; i < secrets.Length; i++)
        {
            if (secrets[i].Answer is not { } answer) return before;
            found[i] = answer.Secret;
            all &= answer.Secret is not null;
            if (answer.Secret is not null) kept ??= secrets[i].Failure;
        }

        string? text = all ? SecretTemplateRenderer.TryRender(template, found) : null;
        return text is null ? RenderWithFaults(before, template, secrets, kept) : After(before, text, kept);
    }

    private static OverlayEntry RenderWithFaults(OverlayEntry before, SecretTemplate template, FollowedSecret[] secrets, SecretException? kept)
    {
        List<SecretReferenceFault> faults = [];
        SecretLookupResult[] results = Array.ConvertAll(secrets, secret => secret.Answer!.Value);
        return SecretTemplateRenderer.Render(template, results, SecretResolveOptions.Default, faults) is { } text
            ? After(before, text, kept)
            : new OverlayEntry(before.Key, before.Value, OverlayErrors.Of(faults), isCurrent: true) { Faults = faults };
    }

    private static OverlayEntry After(OverlayEntry before, string text, SecretException? kept)
    {
        bool same = before.IsCurrent && before.Failure == kept && string.Equals(before.Value, text, StringComparison.Ordinal);
        return same ? before : new OverlayEntry(before.Key, text, kept, isCurrent: true);
    }
}
