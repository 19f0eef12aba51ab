using System.Diagnostics;

namespace Secrets;

/// <summary>How one backend changes. It is asked only for what its store declares.</summary>
internal interface INativeWrites
{
    ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken);

    ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken);

    ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken) => throw new UnreachableException();

    ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken) => throw new UnreachableException();
}
