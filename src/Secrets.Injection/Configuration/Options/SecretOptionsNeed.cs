namespace Secrets;

/// <summary>That options are made of a secret, for the check before the host starts.</summary>
internal sealed record SecretOptionsNeed(string SecretName, string OptionsType)
{
    internal SecretReference ToReference() =>
        new(new SecretLookup(SecretName), null, SecretSyntaxes.None, null, null, new SecretPlace("AddSecretOptions", OptionsType, 0, 1, 1));
}
