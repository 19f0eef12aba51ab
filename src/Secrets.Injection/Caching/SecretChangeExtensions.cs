using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Primitives;

namespace Secrets;

/// <summary>Other shapes of <see cref="ISecretsClient.OnChange"/>.</summary>
public static class SecretChangeExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>
        /// The changes of what a lookup gives, as a stream. It starts with the first change after the call, and ends by cancellation only. Enumerate
        /// it once: the end of the enumeration is the end of the following.
        /// </summary>
        /// <param name="lookup">What to follow.</param>
        /// <param name="cancellationToken">Ends the stream.</param>
        /// <returns>The changes, in order.</returns>
        public IAsyncEnumerable<SecretChange> WatchSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
        {
            Channel<SecretChange> changes = Channel.CreateUnbounded<SecretChange>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
            // Followed from the call on, not from the first MoveNext: what happens in between must not be lost.
            IDisposable subscription = client.OnChange(lookup, change => changes.Writer.TryWrite(change));
            return ReadAsync(changes.Reader, subscription, cancellationToken);
        }

        /// <summary>A token that fires once, at the next change of what a lookup gives. For <c>ChangeToken.OnChange</c>.</summary>
        /// <param name="lookup">What to follow.</param>
        /// <returns>The token.</returns>
        public IChangeToken GetReloadToken(SecretLookup lookup)
        {
            CancellationTokenSource changed = new();
            IDisposable? subscription = null;
            subscription = client.OnChange(lookup, _ =>
            {
                Volatile.Read(ref subscription)?.Dispose();
                changed.Cancel();
            });
            // It may have fired before the subscription was there to be ended.
            if (changed.IsCancellationRequested) subscription.Dispose();
            return new CancellationChangeToken(changed.Token);
        }
    }

    private static async IAsyncEnumerable<SecretChange> ReadAsync(ChannelReader<SecretChange> changes, IDisposable subscription, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (subscription)
        {
            await foreach (SecretChange change in changes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
    }
}
