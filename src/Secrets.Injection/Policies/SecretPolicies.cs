namespace Secrets;

/// <summary>The policies that come with the library.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public static class SecretPolicies
{
    /// <summary>
    /// The one that applies unless a host says otherwise: everybody uses and reveals what it sees; public secrets are written and deleted by
    /// principals with <see cref="SecretRole.Admin"/>, private ones by their owner only.
    /// </summary>
    public static ISecretPolicy Default { get; } = new AdminsAndOwnersPolicy();

    /// <summary>A saved value is used by programs and never shown to a person again. Add it to <see cref="Default"/>.</summary>
    public static ISecretPolicy WriteOnly { get; } = new RefusingPolicy(
        SecretAction.Reveal, "Saved values are write-only here; programs use them, nobody is shown them. Write a new value instead.");

    /// <summary>A secret never changes: it is deleted and created anew. Add it to <see cref="Default"/>.</summary>
    public static ISecretPolicy Immutable { get; } = new RefusingPolicy(
        SecretAction.Update, "Secrets are immutable here. Delete it and create it anew.");

    /// <summary>All of several policies: the first refusal counts.</summary>
    /// <param name="policies">The policies, asked in order. None allows everything.</param>
    /// <returns>The policy.</returns>
    public static ISecretPolicy AllOf(params IEnumerable<ISecretPolicy> policies) => new AllOfPolicy([.. policies]);
}
