using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Options that are made of a secret.</summary>
public static class SecretOptionsServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Makes options of a secret: each public settable property takes the key of its name, in any case and with or without <c>_</c>,
        /// <c>-</c> and <c>.</c>, or the one that <c>[ConfigurationKeyName]</c> gives. Live through <see cref="IOptionsMonitor{TOptions}"/>.
        /// </summary>
        /// <typeparam name="TOptions">
        /// The options. Properties may be strings, <see cref="SecretValue"/>, <c>byte[]</c> (the raw bytes), <see cref="Uri"/>, numbers,
        /// booleans, enums, dates and times, <see cref="Guid"/>, each nullable or not. A <c>required</c> property needs its key; others keep
        /// their default without one. A key without a property is left alone.
        /// </typeparam>
        /// <param name="secretName">The secret's name; it is looked up as the client does, private before public, down the scope chain.</param>
        /// <param name="optionsName">The options' name; null for the default ones.</param>
        /// <param name="clientName">The client's name; null for the default client.</param>
        /// <returns>The options builder, for <c>Validate</c>, <c>PostConfigure</c> and <c>ValidateOnStart</c>.</returns>
        /// <remarks>
        /// The secret is fetched when the options are first asked for, which blocks the asking thread if it is cold. A rotation is taken only if
        /// the new version fits; else the last good one stays and the reason is logged. A host that was given <c>AddSecrets</c> checks before
        /// it starts that the secret exists. Safe when trimmed and compiled ahead of time.
        /// </remarks>
        public OptionsBuilder<TOptions> AddSecretOptions<[DynamicallyAccessedMembers(SecretOptionsSource<TOptions>.Members)] TOptions>(
            string secretName, string? optionsName = null, string? clientName = null) where TOptions : class
        {
            ArgumentNullException.ThrowIfNull(services);
            ArgumentException.ThrowIfNullOrEmpty(secretName);
            string name = optionsName ?? Options.Options.DefaultName;
            // A type of its own per registration is not to be had, so the source is kept by a key of its own.
            object key = new();
            services.AddKeyedSingleton(key, (host, _) => new SecretOptionsSource<TOptions>(
                clientName is null ? host.GetRequiredService<ISecretsClient>() : host.GetRequiredKeyedService<ISecretsClient>(clientName),
                secretName,
                name,
                (host.GetService<ILoggerFactory>() ?? Logging.Abstractions.NullLoggerFactory.Instance).CreateLogger(HostLog.Category)));
            services.AddSingleton<IConfigureOptions<TOptions>>(host => host.GetRequiredKeyedService<SecretOptionsSource<TOptions>>(key));
            services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(host => host.GetRequiredKeyedService<SecretOptionsSource<TOptions>>(key));
            if (clientName is null) services.AddSingleton(new SecretOptionsNeed(secretName, typeof(TOptions).Name));
            return services.AddOptions<TOptions>(name);
        }
    }
}
