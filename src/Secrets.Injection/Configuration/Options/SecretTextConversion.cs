using System.Globalization;

namespace Secrets;

/// <summary>Turns a secret value into the type of a property, without reflection over the type and without the value in any error.</summary>
internal static class SecretTextConversion
{
    /// <summary>The names of what <see cref="TryConvert"/> knows, for errors.</summary>
    internal const string Supported = "string, SecretValue, byte[], Uri, bool, char, whole and decimal numbers, Guid, TimeSpan, DateTime, DateTimeOffset, DateOnly, TimeOnly and enums";

    private const DateTimeStyles RoundTrip = DateTimeStyles.RoundtripKind;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    internal static bool IsSupported(Type type) =>
        type == typeof(string) || type == typeof(SecretValue) || type == typeof(byte[]) || type.IsEnum || Parsers.ContainsKey(type);

    /// <summary>Converts a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type, nullable or not; one that is supported.</param>
    /// <param name="converted">The result.</param>
    /// <returns>False if the value is not of the type.</returns>
    internal static bool TryConvert(SecretValue value, Type type, out object? converted)
    {
        converted = null;
        if (type == typeof(SecretValue)) converted = value;
        else if (type == typeof(byte[])) converted = value.RevealBytes();
        else if (!value.IsText) return false;
        else if (type == typeof(string)) converted = value.RevealString();
        else if (type.IsEnum) return Enum.TryParse(type, value.RevealString(), ignoreCase: true, out converted);
        else converted = Parsers[type](value.RevealString());
        return converted is not null;
    }

    private static readonly Dictionary<Type, Func<string, object?>> Parsers = new()
    {
        [typeof(Uri)] = text => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : null,
        [typeof(bool)] = text => bool.TryParse(text, out bool flag) ? flag : null,
        [typeof(char)] = text => text.Length == 1 ? text[0] : null,
        [typeof(sbyte)] = Parse<sbyte>,
        [typeof(byte)] = Parse<byte>,
        [typeof(short)] = Parse<short>,
        [typeof(ushort)] = Parse<ushort>,
        [typeof(int)] = Parse<int>,
        [typeof(uint)] = Parse<uint>,
        [typeof(long)] = Parse<long>,
        [typeof(ulong)] = Parse<ulong>,
        [typeof(Int128)] = Parse<Int128>,
        [typeof(Half)] = Parse<Half>,
        [typeof(float)] = Parse<float>,
        [typeof(double)] = Parse<double>,
        [typeof(decimal)] = Parse<decimal>,
        [typeof(Guid)] = Parse<Guid>,
        [typeof(TimeSpan)] = Parse<TimeSpan>,
        [typeof(DateTime)] = text => DateTime.TryParse(text, Culture, RoundTrip, out DateTime time) ? time : null,
        [typeof(DateTimeOffset)] = text => DateTimeOffset.TryParse(text, Culture, RoundTrip, out DateTimeOffset time) ? time : null,
        [typeof(DateOnly)] = Parse<DateOnly>,
        [typeof(TimeOnly)] = Parse<TimeOnly>,
    };

    private static object? Parse<T>(string text) where T : struct, IParsable<T> => T.TryParse(text, Culture, out T parsed) ? parsed : null;
}
