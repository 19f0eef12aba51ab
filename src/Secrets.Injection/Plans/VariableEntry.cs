using System.Text;

namespace Secrets;

/// <summary>One variable that something exports: a value, or a text that depends on where files are.</summary>
internal sealed record VariableEntry(string Name, string Source)
{
    internal SecretAddress? Address { get; init; }

    internal AttachmentLevel Level { get; init; } = AttachmentLevel.Step;

    /// <summary>Not an attached secret: any attached one beats it.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>The value has a secret in it, although it is not an attached one's.</summary>
    internal bool IsSensitive { get; init; }

    /// <summary>The name comes from the type, not from a secret's key: it may steer a program, that is what it is for.</summary>
    internal bool IsNamedByType { get; init; }

    internal SecretValue? Value { get; init; }

    /// <summary>The directory whose files <see cref="Format"/> names.</summary>
    internal string? Directory { get; init; }

    internal string? Format { get; init; }

    internal bool QuotePaths { get; init; }

    /// <summary>Nearer levels beat wider ones; plain variables come last.</summary>
    internal int Rank => IsPlain ? -1 : (int)Level;

    internal bool SameAs(VariableEntry other) => Value is not null
        ? Value == other.Value
        : other.Value is null && Directory == other.Directory && Format == other.Format;

    internal SecretValue Resolve(string mountRoot)
    {
        if (Value is not null) return Value;
        string directory = InjectionPaths.Under(mountRoot, Directory!);
        string format = Format!;
        StringBuilder text = new();
        for (int at = 0; at < format.Length;)
        {
            int open = format.IndexOf('{', at);
            int close = open < 0 ? -1 : format.IndexOf('}', open);
            if (close < 0) return text.Append(format, at, format.Length - at).ToString();
            string file = format[(open + 1)..close];
            string path = file == "." ? directory : $"{directory}/{file}";
            text.Append(format, at, open - at).Append(QuotePaths ? ShellQuoting.Quote(path) : path);
            at = close + 1;
        }

        return text.ToString();
    }
}
