namespace Secrets;

/// <summary>
/// Which members of an options class hold text, named once and read through delegates: works under trimming and ahead-of-time compilation,
/// and checks nothing that was not meant.
/// </summary>
/// <typeparam name="T">The options class.</typeparam>
/// <remarks>Filled by one thread; then safe to use from any.</remarks>
/// <example><code>
/// new SecretOptionsShape&lt;MlflowOptions&gt;()
///     .Text(nameof(MlflowOptions.Uri), options => options.Uri)
///     .Object(nameof(MlflowOptions.Database), options => options.Database, databaseShape)
/// </code></example>
public sealed class SecretOptionsShape<T>
    where T : class
{
    private readonly List<Action<T, string, Action<string?, string>, HashSet<object>>> _members = [];

    /// <summary>Adds a text.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="get">Reads it; null is no text.</param>
    /// <returns>This shape.</returns>
    public SecretOptionsShape<T> Text(string name, Func<T, string?> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        return Add(name, (instance, path, visit, _) => visit(get(instance), path));
    }

    /// <summary>Adds a list of texts.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="get">Reads it; null is none.</param>
    /// <returns>This shape.</returns>
    public SecretOptionsShape<T> Texts(string name, Func<T, IEnumerable<string?>?> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        return Add(name, (instance, path, visit, _) =>
        {
            foreach ((int index, string? text) in (get(instance) ?? []).Index())
                visit(text, $"{path}:{index}");
        });
    }

    /// <summary>Adds a dictionary of texts.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="get">Reads it; null is none.</param>
    /// <returns>This shape.</returns>
    public SecretOptionsShape<T> Map(string name, Func<T, IEnumerable<KeyValuePair<string, string>>?> get)
    {
        ArgumentNullException.ThrowIfNull(get);
        return Add(name, (instance, path, visit, _) =>
        {
            foreach ((string key, string text) in get(instance) ?? [])
                visit(text, $"{path}:{key}");
        });
    }

    /// <summary>Adds an object below. One that is met again, as in a cycle, is not visited twice.</summary>
    /// <typeparam name="TMember">Its type.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="get">Reads it; null is none.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>This shape.</returns>
    public SecretOptionsShape<T> Object<TMember>(string name, Func<T, TMember?> get, SecretOptionsShape<TMember> shape)
        where TMember : class
    {
        ArgumentNullException.ThrowIfNull(get);
        ArgumentNullException.ThrowIfNull(shape);
        return Add(name, (instance, path, visit, visited) =>
        {
            if (get(instance) is { } member) shape.Visit(member, path, visit, visited);
        });
    }

    /// <summary>Adds a list of objects below.</summary>
    /// <typeparam name="TMember">Their type.</typeparam>
    /// <param name="name">The member's name.</param>
    /// <param name="get">Reads it; null is none.</param>
    /// <param name="shape">Their shape.</param>
    /// <returns>This shape.</returns>
    public SecretOptionsShape<T> Objects<TMember>(string name, Func<T, IEnumerable<TMember>?> get, SecretOptionsShape<TMember> shape)
        where TMember : class
    {
        ArgumentNullException.ThrowIfNull(get);
        ArgumentNullException.ThrowIfNull(shape);
        return Add(name, (instance, path, visit, visited) =>
        {
            foreach ((int index, TMember member) in (get(instance) ?? []).Index())
                shape.Visit(member, $"{path}:{index}", visit, visited);
        });
    }

    internal void Visit(T instance, string path, Action<string?, string> visit, HashSet<object> visited)
    {
        if (!visited.Add(instance)) return;
        foreach (Action<T, string, Action<string?, string>, HashSet<object>> member in _members)
            member(instance, path, visit, visited);
    }

    private SecretOptionsShape<T> Add(string name, Action<T, string, Action<string?, string>, HashSet<object>> member)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _members.Add((instance, path, visit, visited) => member(instance, $"{path}:{name}", visit, visited));
        return this;
    }
}
