using System.Reflection;

namespace Secrets.Cli.Hosting;

/// <summary>Which version of the tool this is: <c>0.1.0+</c> and the commit that it was built from.</summary>
internal static class ToolVersion
{
    public static string Text => typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
