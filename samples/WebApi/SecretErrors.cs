namespace Secrets.Samples.WebApi;

/// <summary>Coded errors as statuses. Their messages are for whoever runs the application: they name stores and scopes.</summary>
internal static class SecretErrors
{
    public static void UseSecretErrors(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (SecretException error) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = error.Code switch
            {
                SecretErrorCode.NotFound => StatusCodes.Status404NotFound,
                SecretErrorCode.Denied => StatusCodes.Status403Forbidden,
                SecretErrorCode.InvalidArgument => StatusCodes.Status400BadRequest,
                SecretErrorCode.AlreadyExists or SecretErrorCode.Conflict => StatusCodes.Status409Conflict,
                _ => StatusCodes.Status503ServiceUnavailable,
            };
        }
    });
}
