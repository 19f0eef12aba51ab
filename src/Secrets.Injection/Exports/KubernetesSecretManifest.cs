using System.Text;

namespace Secrets;

/// <summary>A plan as a Kubernetes <c>Secret</c>.</summary>
internal static class KubernetesSecretManifest
{
    private const int MaxNameLength = 253;

    internal static SecretValue Write(InjectionPlan plan, string name)
    {
        bool legal = name.Length is > 0 and <= MaxNameLength && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
            && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);
        if (!legal)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"'{name}' is not the name of a Kubernetes secret: it takes a-z, 0-9, - and ., with a letter or digit at both ends.") { Reason = "kubernetes-name" };
        StringBuilder text = new($"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {VariableText.Quoted(name)}\ntype: Opaque\ndata:");
        List<(string Name, SecretValue Value)> entries = [.. ExportedEntries.Of(plan)];
        if (entries.Count == 0) text.Append(" {}");
        text.Append('\n');
        foreach ((string key, SecretValue value) in entries)
            text.Append("  ").Append(VariableText.Quoted(key)).Append(": \"").Append(Convert.ToBase64String(value.RevealBytes())).Append("\"\n");
        return text.ToString();
    }
}
