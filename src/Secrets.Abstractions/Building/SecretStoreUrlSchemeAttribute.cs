namespace Secrets;

/// <summary>
/// One kind of store URL (<c>encrypted-file:///var/lib/app/app.secrets</c>), for backend authors: derive from it, and put the derived
/// attribute on the store's assembly. Hosts and the command line then open the store from settings, without naming its package in code.
/// </summary>
/// <remarks>
/// An attribute, because a layer that must not name a provider can still read it from the assembly, with trimming on and without a registry
/// that anybody could change at run time. Immutable; it may be asked from any thread.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public abstract class SecretStoreUrlSchemeAttribute : Attribute
{
    /// <summary>Names the scheme.</summary>
    /// <param name="scheme">What stands before the colon: lower-case letters, digits and <c>-</c>, a letter first.</param>
    protected SecretStoreUrlSchemeAttribute(string scheme)
    {
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        Scheme = scheme;
    }

    /// <summary>What stands before the colon.</summary>
    public string Scheme { get; }

    /// <summary>How a URL of this scheme looks, for errors and help: <c>encrypted-file:///path/to/app.secrets</c>.</summary>
    public abstract string Example { get; }

    /// <summary>Adds the store that the URL names.</summary>
    /// <param name="builder">Takes the store.</param>
    /// <param name="url">The URL; its scheme is <see cref="Scheme"/>.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the URL lacks or misstates something; the message says what, and never repeats a credential.</exception>
    public abstract void Use(ISecretsBuilder builder, Uri url);
}
