using System.Text.Json.Serialization;

namespace Secrets;

/// <summary>What one template of a batch resolved to. One template's failure spoils no other.</summary>
/// <param name="Template">The template.</param>
/// <param name="Text">The resolved text; null exactly if it failed. Treat it as a secret.</param>
/// <param name="Error">Why it failed; null exactly if it did not.</param>
/// <param name="IsDegraded">Some value did not come from where it should have, see <see cref="SecretLookupResult.IsDegraded"/>.</param>
public sealed record SecretTemplateResult(SecretTemplate Template, [property: JsonIgnore] string? Text, SecretResolutionException? Error, bool IsDegraded)
{
    /// <summary>The resolved text, or the error thrown.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="SecretResolutionException">As <see cref="Error"/>.</exception>
    public string GetTextOrThrow() => Text ?? throw Error!;

    /// <summary>Whether it resolved, and nothing of what to.</summary>
    /// <returns>One line; never a value.</returns>
    public override string ToString() => Text is null ? $"failed: {Error!.Message}" : "resolved";
}
