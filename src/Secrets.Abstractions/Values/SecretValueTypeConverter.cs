using System.ComponentModel;
using System.Globalization;

namespace Secrets;

/// <summary>Lets the configuration binder fill a <see cref="SecretValue"/> property from text. There is no way back to text.</summary>
internal sealed class SecretValueTypeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override bool CanConvertTo(ITypeDescriptorContext? context, Type? destinationType) => destinationType == typeof(string);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? SecretValue.FromString(text) : base.ConvertFrom(context, culture, value);

    public override object? ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) =>
        destinationType == typeof(string) ? SecretValue.Redacted : base.ConvertTo(context, culture, value, destinationType);
}
