using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>Where the audit trail goes, besides the log.</summary>
public static class SecretsAuditExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>Adds a receiver of the audit trail.</summary>
        /// <param name="audit">The receiver.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder AddAudit(ISecretAudit audit)
        {
            ArgumentNullException.ThrowIfNull(audit);
            builder.Services.AddSingleton(audit);
            return builder;
        }
    }
}
