namespace Secrets.Cli.Hosting;

/// <summary>Turns what a command throws into one line for people and an exit code for programs.</summary>
internal static class CommandErrors
{
    public static async Task<int> GuardAsync(CommandCall call, Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            return Report(call, e.Message, ExitCode.Usage);
        }
        catch (SecretException e)
        {
            return Report(call, e.Message + await NearSecrets.DidYouMeanAsync(call, e).ConfigureAwait(false), ExitCode.Of(e.Code));
        }
        catch (OperationCanceledException)
        {
            return Report(call, "interrupted.", ExitCode.Interrupted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report(call, e.Message, ExitCode.Failed);
        }
    }

    /// <summary>One line on standard error; gives the code.</summary>
    public static int Report(CommandCall call, string message, int code)
    {
        call.Terminal.Error.WriteLine($"{call.ErrorPaint.Error("secrets:")} {message}");
        return code;
    }
}
