using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>Several stores behind one client.</summary>
public static class SecretsChainExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>
        /// Adds a store that is mirrored to another one: writes go to both, and what the first fails on or lacks is read from the mirror,
        /// marked degraded. The mirror's failure to take a write is logged and does not fail the write.
        /// </summary>
        /// <param name="usePrimary">Names the first store with one <c>Use...</c> call.</param>
        /// <param name="useMirror">Names the mirror with one <c>Use...</c> call. It needs to write and delete.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: not exactly one store in each.</exception>
        public ISecretsBuilder UseMirrored(Action<ISecretsBuilder> usePrimary, Action<ISecretsBuilder> useMirror)
        {
            ArgumentNullException.ThrowIfNull(usePrimary);
            ArgumentNullException.ThrowIfNull(useMirror);
            OneStoreBuilder primary = new(builder);
            usePrimary(primary);
            OneStoreBuilder mirror = new(builder);
            useMirror(mirror);
            (Func<IServiceProvider, ISecretStore> createPrimary, Func<IServiceProvider, ISecretStore> createMirror) = (primary.Store, mirror.Store);
            return builder.UseStore(services =>
            {
                StoreGuard guard = services.GetRequiredService<StoreGuard>();
                ILogger log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Secrets.Mirror");
                return new MirroredSecretStore(guard.Guard(createPrimary(services)), guard.Guard(createMirror(services)), log);
            });
        }
    }
}
