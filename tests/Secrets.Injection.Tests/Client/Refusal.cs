namespace Secrets.Injection.Tests.Client;

/// <summary>The coded error that a call must end with.</summary>
internal static class Refusal
{
    internal static async Task<SecretException> OfAsync<T>(ValueTask<T> call)
    {
        try
        {
            T result = await call;
            throw new AssertionException($"It went through, with {result}.");
        }
        catch (SecretException error)
        {
            return error;
        }
    }

    internal static async Task<SecretException> OfAsync(ValueTask call)
    {
        try
        {
            await call;
        }
        catch (SecretException error)
        {
            return error;
        }

        throw new AssertionException("It went through.");
    }
}
