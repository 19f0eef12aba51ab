using System.Diagnostics;

namespace Secrets;

/// <summary>The store's reads as the cache wants them: one result per entry, always, whatever the store does.</summary>
internal sealed class StoreReads(ISecretStore store, ClientTelemetry telemetry)
{
    internal SecretStoreCapabilities Capabilities => store.Capabilities;

    internal bool AreSeveral => store is ChainedSecretStore;

    /// <exception cref="OperationCanceledException">The client ends.</exception>
    internal async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(SecretRead[] reads, ActivityContext parent, CancellationToken lifetime)
    {
        using Activity? span = SecretsDiagnostics.Activities.StartActivity(SecretsDiagnostics.FetchActivity, ActivityKind.Internal, parent);
        span?.SetTag("secrets.store", store.Name).SetTag("secrets.count", reads.Length);
        SecretReadResult[] answers = new SecretReadResult[reads.Length];
        try
        {
            IReadOnlyList<SecretReadResult> results = await store.ReadAsync(reads, lifetime).ConfigureAwait(false);
            for (int i = 0; i < answers.Length; i++)
                answers[i] = WithId(results[i]);
        }
        catch (SecretException error)
        {
            Array.Fill(answers, SecretReadResult.From(error));
        }

        foreach (SecretReadResult answer in answers)
        {
            if (answer is { Status: SecretReadStatus.Failed, Error: { } error }) telemetry.RefreshFailed(error);
        }

        return answers;
    }

    private static SecretReadResult WithId(SecretReadResult result) =>
        result.Secret is { } secret && secret.Properties.Id == Guid.Empty
            ? result with { Secret = new Secret(SecretIds.WithId(secret.Properties), secret.Values) }
            : result;
}
