using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>How the client remembers.</summary>
public static class SecretsCacheExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>Changes the cache's options. Calls add up, in order.</summary>
        /// <param name="configure">Changes them.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder ConfigureCache(Action<SecretCacheOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            builder.Services.Configure(configure);
            return builder;
        }

        /// <summary>
        /// Keeps the last good values in a second store on this machine, encrypted if that store encrypts, so that a host can start while its own
        /// store does not answer: <c>UseOfflineCopies(copies => copies.UseEncryptedFile("cache.secrets"))</c>. What comes from there is marked
        /// degraded, and purged when the store says denied or gone. Off unless called.
        /// </summary>
        /// <param name="useStore">Names the store with one <c>Use...</c> call. It needs to write and delete, and serves nothing else.</param>
        /// <param name="maxAge">How old a copy may be to be served, 1 minute to 30 days; null for 24 hours.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: not exactly one store, or an age out of range.</exception>
        public ISecretsBuilder UseOfflineCopies(Action<ISecretsBuilder> useStore, TimeSpan? maxAge = null)
        {
            ArgumentNullException.ThrowIfNull(useStore);
            TimeSpan age = maxAge ?? TimeSpan.FromHours(24);
            if (age < TimeSpan.FromMinutes(1) || age > TimeSpan.FromDays(30))
                throw ClientErrors.Invalid("options", "The age of offline copies takes 1 minute to 30 days.");
            OneStoreBuilder one = new(builder);
            useStore(one);
            builder.Services.AddSingleton(new OfflineSettings(one.Store, age));
            return builder;
        }
    }
}
