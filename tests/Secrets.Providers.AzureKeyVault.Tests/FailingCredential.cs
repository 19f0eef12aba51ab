using Azure.Core;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>A credential that has no token to give.</summary>
internal sealed class FailingCredential(Exception failure) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw failure;

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw failure;
}
