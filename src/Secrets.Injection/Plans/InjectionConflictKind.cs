namespace Secrets;

/// <summary>What keeps a plan from being applied.</summary>
public enum InjectionConflictKind
{
    /// <summary>Two secrets export the same variable with different values.</summary>
    Variable = 0,

    /// <summary>Two secrets want the same file with different content, or a file where another has a directory.</summary>
    File = 1,

    /// <summary>A second secret of a type of which a plan can export only one.</summary>
    OnlyOne = 2,

    /// <summary>The variable steers the system or a runtime (<c>PATH</c>, <c>LD_PRELOAD</c>): whoever sets it runs code. Allowed by name only.</summary>
    RefusedVariable = 3,

    /// <summary>The value cannot be a variable's: it holds NUL, or is not text.</summary>
    UnusableValue = 4,

    /// <summary>A variable that the work needs is given by nothing.</summary>
    MissingVariable = 5,
}
