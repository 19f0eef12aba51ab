using Secrets.Cli.Values;

namespace Secrets.Cli.Hosting;

/// <summary>Names that somebody may have meant who named a secret that is not there: only ones that they may see, and never instead of the error.</summary>
internal static class NearSecrets
{
    public static async Task<string> DidYouMeanAsync(CommandCall call, SecretException error)
    {
        // A report suggests names by itself; and without a name there is nothing to be near to.
        if (error.Code is not SecretErrorCode.NotFound || error is SecretResolutionException || (error.Address?.Name ?? NameOf(call)) is not { } name)
            return "";
        try
        {
            SecretsClient client = await call.Silently().OpenClientAsync(CancellationToken.None).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                HashSet<string> names = [];
                await foreach (SecretProperties secret in client.ListSecretsAsync().ConfigureAwait(false))
                    names.Add(secret.Name);
                return NearNames.Of(name, names).FirstOrDefault() is { } near ? $" Did you mean '{near}'?" : "";
            }
        }
        catch (SecretException)
        {
            // The error that is being reported says more than this one would.
            return "";
        }
    }

    private static string? NameOf(CommandCall call) =>
        call.Parsed.CommandResult.Command.Arguments.FirstOrDefault(argument => argument.Name is "name") is { } argument
            ? call.Parsed.GetResult(argument)?.Tokens.FirstOrDefault()?.Value
            : null;
}
