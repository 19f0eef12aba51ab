using Google.Apis.Auth.OAuth2;
using Secrets.Testing;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>A workload outside Google: its own platform's token is exchanged for one of Google's, and no key of an account lies around.</summary>
public sealed class GoogleWorkloadIdentityTests : StoreTests
{
    [Test]
    public async Task The_platforms_token_is_exchanged_once_and_reads()
    {
        using TemporaryDirectory directory = new();
        Server.Put("db", "canary");
        Server.SubjectToken = "not-a-real-token-of-the-platform";
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(Server, options => options.Credential = Workload(directory, Server.SubjectToken));
        for (int i = 0; i < 2; i++)
            Assert.That((await ReadOneAsync(store, "db")).Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(Count("sts.token"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_token_that_the_exchange_refuses_is_a_refused_credential_and_is_not_shown()
    {
        using TemporaryDirectory directory = new();
        Server.SubjectToken = "not-a-real-token-of-the-platform";
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(Server, options => options.Credential = Workload(directory, "canary-of-another-platform"));
        SecretException error = (await ReadOneAsync(store, "db")).Error!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
        Assert.That(Server.Calls.Select(call => call.Operation), Is.All.EqualTo("sts.token"), "No secret was asked for.");
    }

    private GoogleCredential Workload(TemporaryDirectory directory, string token)
    {
        File.WriteAllText(directory["subject"], token);
        return CredentialFactory.FromJson<FileSourcedExternalAccountCredential>($$"""
            {
              "type": "external_account",
              "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider",
              "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
              "token_url": "{{Server.Url}}v1/token",
              "credential_source": { "file": "{{directory["subject"]}}" }
            }
            """).ToGoogleCredential();
    }
}
