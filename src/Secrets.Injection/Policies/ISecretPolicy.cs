namespace Secrets;

/// <summary>Decides who may do what. Several policies all have to allow: a refusal always beats a permission.</summary>
/// <remarks>
/// <para>
/// Another principal's private secrets never reach a policy: they are invisible before it is asked, and no policy can change that.
/// </para>
/// <para>
/// Called from any thread, on the read path whenever an answer is made anew (at least once per freshness), not on each warm read. So it
/// has to be quick, must not block, and must give the same answer for the same arguments for at least that long.
/// </para>
/// </remarks>
public interface ISecretPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="action">What for.</param>
    /// <param name="address">Which secret: a public one, or one of the principal's own.</param>
    /// <returns>The decision.</returns>
    SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address);
}
