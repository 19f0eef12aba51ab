using System.Collections;

namespace Secrets;

/// <summary>Walks the attributes of a component: text at any depth, in the order written.</summary>
internal static class SecretAttributes
{
    // Data, not types, decides how deep it goes; no sane settings go this deep, and a cycle must end.
    private const int MaxDepth = 64;

    internal static void Visit(string name, IEnumerable<KeyValuePair<string, object?>> attributes, Action<string, string, object> visit)
    {
        foreach ((string key, object? value) in attributes)
            Visit($"{name}.{key}", value, visit, depth: 0);
    }

    private static void Visit(string path, object? value, Action<string, string, object> visit, int depth)
    {
        if (depth > MaxDepth)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The attributes at '{path}' are nested deeper than {MaxDepth} levels, or hold themselves.") { Reason = "attributes" };
        switch (value)
        {
            case string text:
                visit(path, text, text);
                break;
            case SecretValue { IsText: true } secret:
                visit(path, secret.RevealString(), secret);
                break;
            case IEnumerable<KeyValuePair<string, object?>> nested:
                foreach ((string key, object? item) in nested)
                    Visit($"{path}.{key}", item, visit, depth + 1);
                break;
            case IEnumerable<KeyValuePair<string, string>> texts:
                foreach ((string key, string item) in texts)
                    Visit($"{path}.{key}", item, visit, depth + 1);
                break;
            case IEnumerable items:
                int index = 0;
                foreach (object? item in items)
                    Visit($"{path}[{index++}]", item, visit, depth + 1);
                break;
        }
    }
}
