namespace Secrets.Leaks.Search;

/// <summary>One form of a value, to search for.</summary>
/// <param name="Name">What it is called in a finding.</param>
/// <param name="Bytes">What to look for.</param>
public sealed record LeakForm(string Name, byte[] Bytes);
