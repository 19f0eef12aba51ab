using System.CommandLine;
using System.CommandLine.Completions;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Completion;

/// <summary>Names of secrets, for shells that complete a word. Reads no value, asks nothing, and says nothing when it cannot.</summary>
internal static class NameCompletion
{
    public static void AddTo(Argument argument, GlobalOptions options, CommandEnvironment environment)
    {
        // An argument without a name of its own for the help is shown there by what completes it, and that would open the store.
        argument.HelpName ??= argument.Name;
        argument.CompletionSources.Add(context => Names(new CommandCall(context.ParseResult, options, environment.Silent()), context.WordToComplete));
    }

    private static IEnumerable<CompletionItem> Names(CommandCall call, string prefix)
    {
        try
        {
            using SecretsClient client = call.OpenClientAsync(CancellationToken.None).GetAwaiter().GetResult();
            return [.. client.ListSecrets(new SecretQuery { Name = prefix.Length > 0 ? $"startswith:{prefix}" : null }).Select(secret => secret.Name).Distinct().Select(name => new CompletionItem(name))];
        }
        catch (Exception e) when (e is SecretException or UsageException or IOException or UnauthorizedAccessException)
        {
            // A shell that completes has nowhere to show an error; the command itself will.
            return [];
        }
    }
}
