using System.Security.Cryptography;

namespace Secrets;

/// <summary>Creates what a type's parser made.</summary>
public static class SecretDraftExtensions
{
    private const int SuffixLength = 4;
    private const int SuffixAttempts = 5;

    extension(ISecretsClient client)
    {
        /// <summary>Creates a typed secret.</summary>
        /// <param name="draft">The secret.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>Its properties as stored.</returns>
        /// <exception cref="SecretException">
        /// As for <see cref="ISecretsClient.CreateSecretAsync"/>; <see cref="SecretErrorCode.AlreadyExists"/> with reason
        /// <c>duplicate-variable</c>: see <see cref="SecretDraft.RefuseDuplicateVariables"/>.
        /// </exception>
        public async ValueTask<SecretProperties> CreateSecretAsync(SecretDraft draft, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(draft);
            if (draft.RefuseDuplicateVariables) await CheckVariablesAsync(client, draft, cancellationToken).ConfigureAwait(false);
            string name = draft.Name;
            for (int attempt = 0; ; attempt++)
            {
                try
                {
                    return await client.CreateSecretAsync(name, draft.Values, draft.Options, cancellationToken).ConfigureAwait(false);
                }
                catch (SecretException e) when (e.Code == SecretErrorCode.AlreadyExists && draft.IsNameDefault && attempt < SuffixAttempts)
                {
                    name = $"{draft.Name}-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", SuffixLength)}";
                }
            }
        }
    }

    private static async Task CheckVariablesAsync(ISecretsClient client, SecretDraft draft, CancellationToken cancellationToken)
    {
        await foreach (SecretProperties other in client.ListSecretsAsync(new SecretQuery { Type = SecretTypes.Environment.Id }, cancellationToken).ConfigureAwait(false))
        {
            if (other.Name == draft.Name && draft.Options.Overwrite) continue;
            IEnumerable<string> keys = other.KeyNames ?? [.. (await client.GetSecretAsync(
                new SecretLookup(other.Name) { Scope = other.Scope, Visibility = other.Visibility }, cancellationToken).ConfigureAwait(false)).Keys];
            if (keys.FirstOrDefault(key => draft.Values.ContainsKey(key)) is { } key)
            {
                throw new SecretException(SecretErrorCode.AlreadyExists, $"The environment variable {key} is exported by the secret {other.Address} already. Delete that one, or use another variable.")
                {
                    Reason = "duplicate-variable",
                    Address = other.Address,
                };
            }
        }
    }
}
