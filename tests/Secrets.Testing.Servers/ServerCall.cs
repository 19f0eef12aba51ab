namespace Secrets.Testing.Servers;

/// <summary>One call: the operation in the vendor's words, and the native name it is about, if one.</summary>
public sealed record ServerCall(string Operation, string? Secret);
