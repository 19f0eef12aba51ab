using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>
/// Resolves a UTF-8 text from one stream into another in pieces, so that memory depends on the longest reference and on the number of
/// secrets, not on the length of the text.
/// </summary>
internal sealed class SecretStreamResolver(ISecretsClient client, SecretTemplateOptions templateOptions, SecretResolveOptions resolveOptions)
{
    /// <summary>The longest reference, in chars: what is kept back while its closer has not been seen.</summary>
    internal const int MaxReferenceLength = 16 * 1024;

    private const int ChunkLength = 32 * 1024;
    private const int MostFaults = 1000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SecretSnapshot _snapshot = new(client);
    private readonly SecretNearNames _names = new(client, resolveOptions.SuggestNames);

    internal async ValueTask ResolveAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        if (input.CanSeek)
        {
            // A first pass without output finds every fault while nothing has been written; its secrets serve the second one.
            long start = input.Position;
            await PassAsync(input, null, cancellationToken).ConfigureAwait(false);
            input.Position = start;
        }

        await PassAsync(input, output, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask PassAsync(Stream input, Stream? output, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(input, StrictUtf8, detectEncodingFromByteOrderMarks: false, bufferSize: ChunkLength, leaveOpen: true);
        char[] buffer = new char[ChunkLength + MaxReferenceLength];
        Encoder encoder = StrictUtf8.GetEncoder();
        List<SecretReferenceFault> faults = [];
        SecretPlace origin = new(templateOptions.Source, templateOptions.Path, 0, 1, 1);
        int length = 0;
        while (true)
        {
            int read = await ReadAsync(reader, buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            bool last = length < buffer.Length;
            SecretStreamPiece piece = SecretStreamPiece.Parse(new string(buffer, 0, length), last, origin, templateOptions);
            await WriteAsync(piece.Template, output, encoder, last, faults, cancellationToken).ConfigureAwait(false);
            if (last) break;
            origin = piece.End;
            length -= piece.Length;
            buffer.AsSpan(piece.Length, length).CopyTo(buffer);
        }

        if (faults.Count > 0) throw await FailAsync(faults, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SecretResolutionException> FailAsync(List<SecretReferenceFault> faults, CancellationToken cancellationToken) =>
        new(await SecretProblems.DescribeAsync(faults, _names, cancellationToken).ConfigureAwait(false));

    private static async ValueTask<int> ReadAsync(StreamReader reader, Memory<char> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            throw new SecretException(SecretErrorCode.InvalidArgument, "The text to resolve is not UTF-8. Convert it first.") { Reason = "not-utf8" };
        }
    }

    private async ValueTask WriteAsync(
        SecretTemplate template, Stream? output, Encoder encoder, bool last, List<SecretReferenceFault> faults, CancellationToken cancellationToken)
    {
        await _snapshot.LoadAsync(template.Lookups, cancellationToken).ConfigureAwait(false);
        using SecretCharBuffer rendered = new();
        SecretTemplateRenderer.RenderTo(rendered, template, _snapshot.ResultsOf(template), resolveOptions, faults);
        if (output is null && faults.Count < MostFaults) return;

        // A stream that cannot be read twice stops at its first fault: what comes after must not be written.
        if (faults.Count > 0) throw await FailAsync(faults, cancellationToken).ConfigureAwait(false);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(StrictUtf8.GetMaxByteCount(rendered.Length));
        try
        {
            int count = encoder.GetBytes(rendered.Written, bytes, flush: last);
            await output!.WriteAsync(bytes.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
