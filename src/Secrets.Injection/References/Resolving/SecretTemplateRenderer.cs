using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>
/// Puts values into a template: measures first, then writes into the one string that is the result. Plaintext passes through no other place,
/// except for encoded values, which pass through a buffer that is cleared.
/// </summary>
internal static class SecretTemplateRenderer
{
    /// <summary>Renders a template whose secrets are all at hand.</summary>
    /// <param name="template">The template; it has references.</param>
    /// <param name="secrets">One secret per lookup of the template.</param>
    /// <returns>The text; null if some reference does not resolve, which <see cref="Render"/> can explain.</returns>
    internal static string? TryRender(SecretTemplate template, ReadOnlySpan<Secret?> secrets)
    {
        if (template.HasEncoders) return TryRenderEncoded(template, secrets);
        EightOnStack<SecretPart> onStack = default;
        Span<SecretPart> parts = template.References.Count <= EightOnStack<SecretPart>.Length ? onStack : new SecretPart[template.References.Count];
        int length = template.TextLength;
        foreach (SecretTemplateSegment segment in template.SegmentSpan)
        {
            if (segment.Reference is not { } reference) continue;
            if (!TryPick(reference, secrets[segment.LookupIndex]!, out SecretValue? value) || !value.IsText) return null;
            parts[segment.ReferenceIndex].Value = value;
            length = checked(length + value.CharCount);
        }

        return Compose(template, parts, default, length);
    }

    /// <summary>Renders a template, or says of each reference why not.</summary>
    /// <param name="template">The template.</param>
    /// <param name="results">One result per lookup of the template.</param>
    /// <param name="options">What to do about missing ones.</param>
    /// <param name="faults">Takes what does not resolve.</param>
    /// <returns>The text; null if there are faults.</returns>
    internal static string? Render(
        SecretTemplate template, ReadOnlySpan<SecretLookupResult> results, SecretResolveOptions options, List<SecretReferenceFault> faults)
    {
        SecretPart[] parts = new SecretPart[template.References.Count];
        using SecretCharBuffer encoded = new();
        int length = FillAll(template, results, options, parts, encoded, faults);
        return faults.Count > 0 ? null : Compose(template, parts, encoded.Written, length);
    }

    /// <summary>As <see cref="Render"/>, into a buffer; nothing is written if there are faults.</summary>
    internal static void RenderTo(
        SecretCharBuffer destination, SecretTemplate template, ReadOnlySpan<SecretLookupResult> results, SecretResolveOptions options, List<SecretReferenceFault> faults)
    {
        SecretPart[] parts = new SecretPart[template.References.Count];
        using SecretCharBuffer encoded = new();
        int length = FillAll(template, results, options, parts, encoded, faults);
        if (faults.Count > 0) return;
        Write(new Composition(template, parts, encoded.Written), destination.GetSpan(length)[..length]);
        destination.Advance(length);
    }

    private static string? TryRenderEncoded(SecretTemplate template, ReadOnlySpan<Secret?> secrets)
    {
        SecretLookupResult[] results = new SecretLookupResult[template.Lookups.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = new SecretLookupResult(SecretReadStatus.Found, secrets[i], null);
        return Render(template, results, SecretResolveOptions.Default, []);
    }

    /// <returns>The length of the result.</returns>
    private static int FillAll(
        SecretTemplate template, ReadOnlySpan<SecretLookupResult> results, SecretResolveOptions options, SecretPart[] parts, SecretCharBuffer encoded, List<SecretReferenceFault> faults)
    {
        int length = template.TextLength;
        foreach (SecretTemplateSegment segment in template.SegmentSpan)
        {
            if (segment.Reference is not { } reference) continue;
            ref SecretPart part = ref parts[segment.ReferenceIndex];
            SecretReferenceFault? fault = FaultOf(reference, results[segment.LookupIndex], out SecretValue? value);
            if (fault is { IsMissing: true } && reference.Default is { } standIn)
            {
                part.Text = standIn;
            }
            else if (fault is { IsMissing: true } && options.Missing == SecretMissingReferences.LeaveInPlace)
            {
                length = checked(length + FillAsWritten(reference, ref part, encoded));
                continue;
            }
            else if (fault is { } cause)
            {
                faults.Add(cause);
                continue;
            }

            try
            {
                length = checked(length + Fill(reference, value, ref part, encoded));
            }
            catch (SecretException refused) when (refused.Code == SecretErrorCode.InvalidArgument)
            {
                faults.Add(new SecretReferenceFault(reference, refused));
            }
        }

        return length;
    }

    private static bool TryPick(SecretReference reference, Secret secret, [NotNullWhen(true)] out SecretValue? value) =>
        reference.Key is { } key ? secret.TryGetValue(key, out value) : secret.TryGetSingleValue(out value);

    private static SecretReferenceFault? FaultOf(SecretReference reference, in SecretLookupResult result, out SecretValue? value)
    {
        value = null;
        if (result.Secret is not { } secret) return new SecretReferenceFault(reference, result.Error!);
        return TryPick(reference, secret, out value) ? null : SecretReferenceFault.NoKey(reference, secret.Properties, secret.Keys);
    }

    /// <summary>Puts the reference itself in its place, in a way that a document stands.</summary>
    /// <returns>Its length in the result.</returns>
    private static int FillAsWritten(SecretReference reference, ref SecretPart part, SecretCharBuffer encoded)
    {
        string written = reference.ToString();
        bool isBare = reference.Encoder is SecretTemplateScalar;
        if (!isBare && reference.PositionEncoder is null)
        {
            part.Text = written;
            return written.Length;
        }

        part.Start = encoded.Length;
        if (isBare) encoded.Write("\"");
        (reference.PositionEncoder ?? SecretEncoder.Json).Encode(written, encoded);
        if (isBare) encoded.Write("\"");
        part.Length = encoded.Length - part.Start;
        return part.Length;
    }

    /// <summary>Encodes what stands in for a reference, if it is to be encoded.</summary>
    /// <returns>Its length in the result.</returns>
    private static int Fill(SecretReference reference, SecretValue? value, ref SecretPart part, SecretCharBuffer encoded)
    {
        if (reference.Encoder is null && reference.PositionEncoder is null)
        {
            part.Value = value;
            return value?.CharCount ?? part.Text!.Length;
        }

        part.Start = encoded.Length;
        SecretEncoding.Encode(reference, value, part.Text, encoded);
        part.Text = null;
        part.Length = encoded.Length - part.Start;
        return part.Length;
    }

    private static string Compose(SecretTemplate template, Span<SecretPart> parts, ReadOnlySpan<char> encoded, int length) =>
        string.Create(length, new Composition(template, parts, encoded), static (result, composition) => Write(composition, result));

    private static void Write(Composition composition, Span<char> result)
    {
        foreach (SecretTemplateSegment segment in composition.Template.SegmentSpan)
        {
            if (segment.Reference is null)
            {
                segment.TextSpan.CopyTo(result);
                result = result[segment.TextLength..];
                continue;
            }

            ref SecretPart part = ref composition.Parts[segment.ReferenceIndex];
            result = result[Write(part, composition.Encoded, result)..];
        }
    }

    private static int Write(in SecretPart part, ReadOnlySpan<char> encoded, Span<char> destination)
    {
        if (part.Value is { } value) return value.RevealTo(destination);
        ReadOnlySpan<char> text = part.Text is null ? encoded.Slice(part.Start, part.Length) : part.Text;
        text.CopyTo(destination);
        return text.Length;
    }

    private readonly ref struct Composition(SecretTemplate template, Span<SecretPart> parts, ReadOnlySpan<char> encoded)
    {
        internal readonly SecretTemplate Template = template;
        internal readonly Span<SecretPart> Parts = parts;
        internal readonly ReadOnlySpan<char> Encoded = encoded;
    }
}
