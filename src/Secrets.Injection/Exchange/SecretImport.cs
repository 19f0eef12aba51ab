namespace Secrets;

/// <summary>One secret of a document, read and not stored yet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">Its pairs.</param>
/// <param name="Options">What it is besides.</param>
public sealed record SecretImport(string Name, SecretValues Values, CreateSecretOptions Options)
{
    /// <summary>The name; never a value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"SecretImport('{Name}', {Values.Count} keys)";
}
