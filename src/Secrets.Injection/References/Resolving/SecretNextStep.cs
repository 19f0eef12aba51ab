using System.Buffers;

namespace Secrets;

/// <summary>What to run, or to do, about a reference that does not resolve.</summary>
internal static class SecretNextStep
{
    private static readonly SearchValues<char> Bare = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-");

    internal static string? For(SecretReferenceFault fault)
    {
        SecretReference reference = fault.Reference;
        SecretLookup lookup = reference.Lookup;
        string name = Word(lookup.Name);
        string pair = $"{Word($"--{reference.Key ?? SecretProperties.SingleKey}")}=@FILE";
        return fault.Error.Code switch
        {
            SecretErrorCode.NotFound when lookup.Version is not null => $"secrets versions {name}",
            SecretErrorCode.NotFound => $"secrets create {name} {pair}{Scope(lookup)}",
            SecretErrorCode.KeyNotFound when reference.Key is null => null,
            SecretErrorCode.KeyNotFound => $"secrets update {name} {pair}{Scope(lookup)}",
            SecretErrorCode.Denied => $"Ask for the permission to use it, or see which one applies: secrets explain {name}",
            SecretErrorCode.Unavailable or SecretErrorCode.TimedOut or SecretErrorCode.Throttled => "Try again when the store answers.",
            _ => null,
        };
    }

    private static string Scope(SecretLookup lookup) => lookup.ScopeKind switch
    {
        null => "",
        "team" => " --scope team",
        var kind => $" --scope {kind}:ID",
    };

    private static string Word(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Bare)) return text;
        using SecretCharBuffer quoted = new();
        SecretEncoder.Shell.Encode(text.Replace("\0", "", StringComparison.Ordinal), quoted);
        return quoted.Written.ToString();
    }
}
