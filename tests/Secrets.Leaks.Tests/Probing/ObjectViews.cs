using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Secrets.Leaks.Probing;

/// <summary>The ways in which objects get printed: text, JSON, the debugger, a destructuring logger.</summary>
public static partial class ObjectViews
{
    private const int Depth = 5;
    private const int MostItems = 1_000;

    /// <summary>All views of an object.</summary>
    /// <param name="value">The object.</param>
    /// <returns>What each shows.</returns>
    public static IEnumerable<(string Way, string Text)> Of(object? value)
    {
        if (value is null) yield break;
        yield return ("ToString", $"{value}");
        yield return ("JSON", Guarded(() => JsonSerializer.Serialize(value, value.GetType())));
        yield return ("TypeConverter", Guarded(() => TypeDescriptor.GetConverter(value).ConvertToInvariantString(value) ?? ""));
        yield return ("public properties", string.Join('\n', Walk(value, Depth, new HashSet<object>(ReferenceEqualityComparer.Instance)).Take(MostItems)));
        yield return ("debugger", string.Join('\n', Debugger(value)));
        if (value is Exception exception)
        {
            foreach ((string, string) view in OfException(exception))
                yield return view;
        }
    }

    /// <summary>What an exception and its chain show.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>Message, text and data of each in the chain.</returns>
    public static IEnumerable<(string Way, string Text)> OfException(Exception exception)
    {
        yield return ("text", exception.ToString());
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            yield return ("message", e.Message);
            foreach (DictionaryEntry entry in e.Data)
                yield return ("data", $"{entry.Key}={entry.Value}");
        }
    }

    private static IEnumerable<string> Walk(object? value, int depth, HashSet<object> seen)
    {
        if (value is null) yield break;
        yield return Guarded(() => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        if (depth == 0 || value is string || value is Type || value is MemberInfo || value.GetType().IsPrimitive || value.GetType().IsEnum) yield break;
        if (!value.GetType().IsValueType && !seen.Add(value)) yield break;
        if (value is IEnumerable items)
        {
            foreach (string text in items.Cast<object?>().Take(MostItems).SelectMany(item => Walk(item, depth - 1, seen)))
                yield return text;
        }

        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsShown))
        {
            foreach (string text in Walk(Get(property, value), depth - 1, seen))
                yield return text;
        }
    }

    private static IEnumerable<string> Debugger(object value)
    {
        Type type = value.GetType();
        foreach (DebuggerDisplayAttribute display in type.GetCustomAttributes<DebuggerDisplayAttribute>())
            yield return Placeholder().Replace(display.Value, match => $"{Member(value, match.Groups[1].Value)}");
        foreach (DebuggerTypeProxyAttribute proxy in type.GetCustomAttributes<DebuggerTypeProxyAttribute>())
        {
            Type proxyType = Type.GetType(proxy.ProxyTypeName)!;
            if (proxyType.IsGenericTypeDefinition) proxyType = proxyType.MakeGenericType(type.GetGenericArguments());
            object? view = Activator.CreateInstance(proxyType, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, null, [value], null);
            foreach (string text in Walk(view, Depth, new HashSet<object>(ReferenceEqualityComparer.Instance)))
                yield return text;
        }
    }

    private static object? Member(object value, string expression)
    {
        string name = expression.Split(',', '(', '.')[0];
        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        return value.GetType().GetProperty(name, any) is { } property ? Get(property, value)
            : value.GetType().GetMethod(name, any, []) is { } method ? method.Invoke(value, null)
            : value.GetType().GetField(name, any)?.GetValue(value);
    }

    private static bool IsShown(PropertyInfo property) =>
        property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer && !property.PropertyType.IsByRef;

    private static object? Get(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException?.ToString();
        }
    }

    // A printer that refuses a type prints nothing of it; what it says instead is looked at.
    private static string Guarded(Func<string> print)
    {
        try
        {
            return print();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.ToString();
        }
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}
