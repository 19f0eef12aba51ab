using System.Collections;

namespace Secrets;

/// <summary>A log entry's state with every value masked. Structured providers see the same names.</summary>
internal sealed class MaskedLogState : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string _message;
    private readonly KeyValuePair<string, object?>[] _values;

    internal MaskedLogState(string message, object? state, SecretMasker masker)
    {
        _message = message;
        _values = state is IEnumerable<KeyValuePair<string, object?>> pairs
            ? [.. pairs.Select(pair => new KeyValuePair<string, object?>(masker.Mask(pair.Key), MaskValue(pair.Value, masker)))]
            : [];
    }

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _message;

    internal static object? Of(object? state, SecretMasker masker) => state is IEnumerable<KeyValuePair<string, object?>>
        ? new MaskedLogState(masker.Mask(state.ToString() ?? ""), state, masker)
        : MaskValue(state, masker);

    // What a provider may take apart (an object with properties) is passed as its masked text: its parts cannot be masked from here.
    private static object? MaskValue(object? value, SecretMasker masker)
    {
        switch (value)
        {
            case null:
                return null;
            case string text:
                return masker.Mask(text);
            case bool or Enum:
                return value;
            case byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or char or Guid or DateTime or DateTimeOffset or TimeSpan or DateOnly or TimeOnly:
                string scalar = value.ToString() ?? "";
                return masker.Finds(scalar) ? masker.Mask(scalar) : value;
            case IEnumerable many:
                return many.Cast<object?>().Select(item => MaskValue(item, masker)).ToArray();
            default:
                return masker.Mask(value.ToString() ?? "");
        }
    }
}
