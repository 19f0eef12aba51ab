using System.Text;

namespace Secrets;

/// <summary>Names of environment variables.</summary>
internal static class VariableNames
{
    private const string ZenMLPrefix = "__ZENML__";

    internal static bool IsLegal(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    internal static void Check(string name)
    {
        if (!IsLegal(name))
            throw new SecretException(SecretErrorCode.InvalidArgument, $"'{Shown(name)}' is not the name of an environment variable: it takes letters, digits and _, and does not begin with a digit.") { Reason = "variable-name" };
    }

    /// <summary>The variable that a key is exported as: illegal characters become <c>_</c>, and ZenML's prefix is taken off.</summary>
    internal static string FromKey(string key)
    {
        string name = key.StartsWith(ZenMLPrefix, StringComparison.Ordinal) && key.Length > ZenMLPrefix.Length ? key[ZenMLPrefix.Length..] : key;
        if (IsLegal(name)) return name;
        string mangled = Mangle(name);
        return char.IsAsciiDigit(mangled[0]) ? "_" + mangled : mangled;
    }

    /// <summary>A name as a part of a variable's name: upper case, every character that is not a letter or digit as <c>_</c>.</summary>
    internal static string UpperPart(string name) => Mangle(name).ToUpperInvariant();

    private static string Mangle(string name)
    {
        StringBuilder mangled = new(name.Length);
        foreach (char c in name) mangled.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return mangled.Length == 0 ? "_" : mangled.ToString();
    }

    // A pair written in the wrong order would put the value here.
    private static string Shown(string name) => name.Length <= 32 && name.All(static c => char.IsAsciiLetterOrDigit(c) || "_-. ".Contains(c, StringComparison.Ordinal)) ? name : "the key";
}
