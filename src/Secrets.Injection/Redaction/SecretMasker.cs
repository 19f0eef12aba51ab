using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>
/// Replaces known values by <c>***</c> in output that this library does not control: logs, a child's output, text for people. It looks for
/// each value itself and for its encoded forms (<see cref="SecretEncodings"/>). Values come and go while streams are open.
/// </summary>
/// <remarks>
/// <para>Safe to use from any thread. The streams and writers made from it are not, as other streams are not.</para>
/// <para>
/// Every byte of every occurrence is masked, whatever the chunks; a run of bytes that belongs to occurrences, overlapping or touching,
/// becomes one <c>***</c>; all other bytes pass unchanged, invalid UTF-8 included. Not promised: a value that something transformed in
/// another way (compressed, encrypted, cut in pieces, with colours in between) is not recognised. In Base64 inside longer data, the
/// character at each edge that mixes bits of the value with its neighbour's stays. A masker is the last guard, not the first.
/// </para>
/// </remarks>
[DebuggerDisplay("{Names.Count} names")]
public sealed class SecretMasker
{
    private const int MinCharacters = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<SecretValue>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tooShort = new(StringComparer.Ordinal);
    private readonly SecretEncodings _encodings;
    private readonly Action<string>? _onTooShort;
    private volatile MaskAutomaton? _automaton;

    /// <summary>Makes a masker without values.</summary>
    /// <param name="options">How it masks; null for the defaults.</param>
    public SecretMasker(SecretMaskerOptions? options = null)
    {
        _encodings = options?.Encodings ?? SecretEncodings.All;
        _onTooShort = options?.OnTooShort;
    }

    /// <summary>The names that have values to be masked, sorted.</summary>
    public IReadOnlyCollection<string> Names
    {
        get
        {
            lock (_lock) return [.. _values.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The names whose values were too short to be masked, sorted. See <see cref="SecretMaskerOptions.OnTooShort"/>.</summary>
    public IReadOnlyCollection<string> TooShort
    {
        get
        {
            lock (_lock) return [.. _tooShort.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Built when first needed after a change, so that adding a thousand values costs one building.</summary>
    internal MaskAutomaton Automaton
    {
        get
        {
            if (_automaton is { } current) return current;
            lock (_lock)
            {
                if (_automaton is { } other) return other;
                HashSet<byte[]> patterns = new(ByteSequenceComparer.Instance);
                foreach (SecretValue value in _values.Values.SelectMany(static values => values))
                    EncodedForms.AddTo(patterns, value, _encodings);
                return _automaton = new MaskAutomaton(patterns);
            }
        }
    }

    /// <summary>Adds a value. The earlier values of the same name stay masked: after a rotation both are still secret.</summary>
    /// <param name="name">What it is called in warnings: <c>db.password</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>False if it is too short to be masked: under 4 characters, or 4 bytes if not text.</returns>
    public bool Add(string name, SecretValue value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        bool tooShort = (value.IsText ? value.CharCount : value.ByteCount) < MinCharacters;
        bool warn = false;
        lock (_lock)
        {
            if (tooShort)
            {
                warn = _tooShort.Add(name);
            }
            else
            {
                if (!_values.TryGetValue(name, out HashSet<SecretValue>? values)) _values.Add(name, values = []);
                if (values.Add(value)) _automaton = null;
            }
        }

        if (warn) _onTooShort?.Invoke(name);
        return !tooShort;
    }

    /// <summary>Adds every value of a secret, under <c>name.key</c>.</summary>
    /// <param name="secret">The secret.</param>
    public void Add(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        foreach ((string key, SecretValue value) in secret.Values)
            Add($"{secret.Name}.{key}", value);
    }

    /// <summary>Adds the values that a name gives now, and every later one as it comes.</summary>
    /// <param name="client">Where the secret is.</param>
    /// <param name="secret">The secret as it is now.</param>
    /// <param name="lookup">What gives it.</param>
    /// <returns>Dispose to stop following; what was added stays.</returns>
    public IDisposable Follow(ISecretsClient client, Secret secret, SecretLookup lookup)
    {
        ArgumentNullException.ThrowIfNull(client);
        Add(secret);
        return client.OnChange(lookup, change =>
        {
            if (change.Current is not null) Add(change.Current);
        });
    }

    /// <summary>Forgets every value of a name.</summary>
    /// <param name="name">The name it was added under.</param>
    /// <returns>True if there was one.</returns>
    public bool Remove(string name)
    {
        lock (_lock)
        {
            bool removed = _values.Remove(name);
            if (removed) _automaton = null;
            return _tooShort.Remove(name) || removed;
        }
    }

    /// <summary>Masks one text.</summary>
    /// <param name="text">Any text, lone surrogates included.</param>
    /// <returns>The masked text; the same instance if there was nothing to mask.</returns>
    public string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < MinCharacters || Automaton.IsEmpty) return text;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Wtf8.MaxByteCount(text.Length));
        try
        {
            int length = Wtf8.Encode(text, bytes);
            ReadOnlySpan<byte> source = bytes.AsSpan(0, length);
            ArrayBufferWriter<byte> masked = new(length + 16);
            Mask(source, masked);
            return masked.WrittenSpan.SequenceEqual(source) ? text : Wtf8.Decode(masked.WrittenSpan);
        }
        finally
        {
            bytes.AsSpan().Clear();
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Masks one whole run of bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="output">Gets the masked bytes.</param>
    public void Mask(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        MaskCursor cursor = new(this);
        cursor.Write(bytes, output);
        cursor.Complete(output);
    }

    /// <summary>Whether a text holds a value in any of its forms.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True if <see cref="Mask(string)"/> would change it.</returns>
    public bool Finds(string text) => !ReferenceEquals(Mask(text), text);

    /// <summary>A stream that masks what is written to it.</summary>
    /// <param name="inner">Gets the masked bytes.</param>
    /// <param name="leaveOpen">Whether disposing the masking stream leaves this one open. Default false.</param>
    /// <returns>The stream; see <see cref="MaskingStream"/> for what it holds back.</returns>
    public MaskingStream Wrap(Stream inner, bool leaveOpen = false) => new(this, inner, leaveOpen);

    /// <summary>A writer that masks what is written to it.</summary>
    /// <param name="inner">Gets the masked text.</param>
    /// <param name="leaveOpen">Whether disposing the masking writer leaves this one open. Default false.</param>
    /// <returns>The writer.</returns>
    public MaskingTextWriter Wrap(TextWriter inner, bool leaveOpen = false) => new(this, inner, leaveOpen);

    /// <summary>A logger provider that masks messages, states, scopes and exceptions before another one sees them.</summary>
    /// <param name="inner">Gets the masked entries.</param>
    /// <returns>The provider. It disposes the inner one.</returns>
    public ILoggerProvider Wrap(ILoggerProvider inner) => new MaskingLoggerProvider(this, inner);

    /// <summary>Names nothing and reveals nothing.</summary>
    /// <returns>The number of names.</returns>
    public override string ToString() => $"SecretMasker({Names.Count} names)";
}
