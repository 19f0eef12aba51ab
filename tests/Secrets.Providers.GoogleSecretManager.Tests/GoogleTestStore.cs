using Google.Apis.Auth.OAuth2;
using Secrets.Testing.Servers;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>A store that points at a server of this test run.</summary>
internal static class GoogleTestStore
{
    public static GoogleSecretManagerSecretStore Open(GoogleSecretManagerServer server, Action<GoogleSecretManagerOptions>? configure = null)
    {
        GoogleSecretManagerOptions options = new()
        {
            Name = "google-test",
            Project = server.Project,
            ServiceUrl = server.Url,
            Credential = GoogleCredential.FromAccessToken(server.Token),
            // Faults are to be seen at once; one test looks at the SDK's retries.
            ConfigureClient = client => client.MessageHandler.NumTries = 1,
        };
        configure?.Invoke(options);
        return new GoogleSecretManagerSecretStore(options);
    }
}
