namespace Secrets;

/// <summary>The type <c>env</c>: each key is an environment variable of the same name.</summary>
public sealed class EnvironmentSecretType : SecretType
{
    internal EnvironmentSecretType()
        : base("env")
    {
        ListedAs = "environment";
        Aliases = ["environment"];
        Description = "Environment variables.";
        OtherKeys = SecretKeyExport.Variable;
    }

    /// <summary>Reads <c>KEY=VALUE</c>, split at the first <c>=</c>.</summary>
    /// <param name="pair">The pair. The value may hold <c>=</c>; a line end is refused.</param>
    /// <param name="name">The secret's name; null for the key in lower case with <c>-</c> for <c>_</c>.</param>
    /// <returns>The draft, which refuses to be created next to another one with the same variable.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: no pair, a key that is no variable name, a line end; reason <c>empty-value</c>: nothing
    /// after <c>=</c> (ask for the value, then use <see cref="FromValue"/>).
    /// </exception>
    public SecretDraft FromPair(string pair, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(pair);
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw Wrong("An environment secret is given as KEY=VALUE.", "pair");
        string key = pair[..equals];
        VariableNames.Check(key);
        if (pair.AsSpan(equals).IndexOfAny('\n', '\r') >= 0) throw Wrong($"The value for {key} has a line end. Use the type mounted for text of several lines.", "line-end");
        return equals == pair.Length - 1
            ? throw Wrong($"The value for {key} is empty. Give it after the =, or let it be asked for.", "empty-value")
            : FromValue(key, pair[(equals + 1)..], name);
    }

    /// <summary>Makes a secret of one variable.</summary>
    /// <param name="key">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="name">The secret's name; null for the key in lower case with <c>-</c> for <c>_</c>.</param>
    /// <returns>The draft, which refuses to be created next to another one with the same variable.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the key is no variable name.</exception>
    public SecretDraft FromValue(string key, SecretValue value, string? name = null)
    {
        VariableNames.Check(key);
        SecretDraft draft = new(name ?? DefaultSecretNames.FromKey(key), new SecretValues { [key] = value }, Id) { IsNameDefault = name is null };
        draft.RefuseDuplicateVariables = true;
        return draft;
    }

    /// <summary>Reads dotenv files into one secret; a later file wins over an earlier one.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="paths">The files.</param>
    /// <returns>The draft; its notices name skipped lines.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a file is missing, or there is no pair in any.</exception>
    public SecretDraft FromDotEnv(string name, params IEnumerable<string> paths)
    {
        SecretValues values = SecretInput.ReadDotEnvFiles(paths, out IReadOnlyList<string> warnings);
        Validate(values);
        return new SecretDraft(name, values, Id) { Notices = warnings };
    }

    private static SecretException Wrong(string message, string reason) => new(SecretErrorCode.InvalidArgument, message) { Reason = reason };
}
