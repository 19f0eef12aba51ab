namespace Secrets.Testing;

/// <summary>Names the rows of the behaviour table that a test proves: <c>[Behaviour("M30", "M31")]</c>.</summary>
/// <param name="ids">The rows.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class BehaviourAttribute(params string[] ids) : Attribute
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;
}
