namespace Secrets;

/// <summary>What a secret can be filtered, sorted and shown by. Never a value.</summary>
public enum SecretField
{
    /// <summary><c>id</c>.</summary>
    Id = 0,

    /// <summary><c>name</c>.</summary>
    Name = 1,

    /// <summary><c>type</c>.</summary>
    Type = 2,

    /// <summary><c>description</c>.</summary>
    Description = 3,

    /// <summary><c>scope</c>, as <c>team</c> or <c>project:churn</c>.</summary>
    Scope = 4,

    /// <summary><c>private</c>: true or false.</summary>
    Private = 5,

    /// <summary><c>version</c>, as the store names it.</summary>
    Version = 6,

    /// <summary><c>created</c>.</summary>
    Created = 7,

    /// <summary><c>updated</c>.</summary>
    Updated = 8,

    /// <summary><c>expires</c>.</summary>
    Expires = 9,

    /// <summary><c>owner</c>; empty for a public secret.</summary>
    Owner = 10,

    /// <summary><c>keys</c>: the key names, separated by commas, where the store knows them without reading values.</summary>
    Keys = 11,
}
