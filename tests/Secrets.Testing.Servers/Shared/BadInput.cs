namespace Secrets.Tests;

/// <summary>One mistake of a user in how a store is set up, and what a read then says.</summary>
/// <param name="Mistake">The mistake, as the list of them calls it.</param>
/// <param name="Code">The error's code.</param>
/// <param name="Reason">The error's reason.</param>
/// <param name="Says">A part of what to do next.</param>
/// <param name="Configure">How the store is set up.</param>
/// <param name="Arrange">What the service is like; null for as it is.</param>
public sealed record BadInput(
    string Mistake, SecretErrorCode Code, string? Reason, string Says, Action<CloudServer, CloudOptions>? Configure = null, Action<CloudServer>? Arrange = null)
{
    public override string ToString() => Mistake;
}
