namespace Secrets.Leaks.Probing;

/// <summary>
/// Marks a static method <c>Task Name(LeakProbe probe)</c> that drives secrets through one feature. That is all a feature needs to join: the
/// suite finds the method, gives it a probe that listens everywhere, and searches what was caught.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeakPathAttribute : Attribute;
