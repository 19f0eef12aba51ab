namespace Secrets;

/// <summary>The tags of a secret in which it carries how it is injected unless an attachment says otherwise.</summary>
public static class SecretInjectionTags
{
    /// <summary><c>variables</c>, <c>files</c> or <c>full</c>: a <see cref="SecretDelivery"/>.</summary>
    public const string Delivery = "inject-as";

    /// <summary>The directory of its files.</summary>
    public const string Path = "inject-path";

    /// <summary><c>runtime</c>, <c>build</c> or <c>all</c>: a <see cref="SecretStage"/>.</summary>
    public const string Stage = "inject-stage";

    /// <summary>Followed by a key: the directory of that key's file, below <see cref="Path"/>.</summary>
    public const string SubPathPrefix = "inject-sub-path-";
}
