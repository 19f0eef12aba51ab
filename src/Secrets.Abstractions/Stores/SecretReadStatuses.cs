namespace Secrets;

internal static class SecretReadStatuses
{
    internal static SecretReadStatus Of(SecretException error) => error.Code switch
    {
        SecretErrorCode.NotFound => SecretReadStatus.NotFound,
        SecretErrorCode.Denied => SecretReadStatus.Denied,
        _ => SecretReadStatus.Failed,
    };
}
