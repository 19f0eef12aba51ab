namespace Secrets;

/// <summary>An environment variable that the work needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stage">When it needs it. Default while it runs.</param>
public sealed record RequiredVariable(string Name, SecretStage Stage = SecretStage.Runtime);
