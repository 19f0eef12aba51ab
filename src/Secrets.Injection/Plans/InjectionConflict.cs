namespace Secrets;

/// <summary>Something that keeps a plan from being applied.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Target">The variable, file or type that it is about.</param>
/// <param name="Message">Who wants what, and what to do next; never a value.</param>
public sealed record InjectionConflict(InjectionConflictKind Kind, string Target, string Message);
