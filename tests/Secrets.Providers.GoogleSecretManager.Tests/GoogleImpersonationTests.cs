using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using Secrets.Testing.Servers;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>Acting as a service account: the caller's token is exchanged for the account's, and only that one reads.</summary>
public sealed class GoogleImpersonationTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");

    private readonly GoogleSecretManagerServer _server = new();

    [OneTimeSetUp]
    public Task StartAsync() => _server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public void Clear()
    {
        _server.Clear();
        _server.Put("db", "canary");
        _server.SourceToken = "not-a-real-token-of-a-person";
    }

    [Test]
    public async Task The_account_reads_with_a_token_got_once_and_the_quota_project_is_named()
    {
        await using GoogleSecretManagerSecretStore store = Open(_server.Account, "who-pays");
        for (int i = 0; i < 3; i++)
            Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(_server.Calls.Count(call => call.Operation == "serviceAccounts.generateAccessToken"), Is.EqualTo(1));
        Assert.That(_server.QuotaProjects, Has.Count.EqualTo(6).And.All.EqualTo("who-pays"));
    }

    [Test]
    public async Task The_persons_own_token_reads_nothing()
    {
        await using GoogleSecretManagerSecretStore store = Open(account: null, quotaProject: null);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Error!.Code, Is.EqualTo(SecretErrorCode.Unauthenticated));
    }

    [Test]
    public async Task An_account_that_one_may_not_act_as()
    {
        await using GoogleSecretManagerSecretStore store = Open("admin@test-project.iam.example", null);
        SecretException error = (await store.ReadAsync([new SecretRead(Db)], default))[0].Error!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-credential")));
        Assert.That(error.ToString(), Does.Not.Contain("not-a-real-token"));
        Assert.That(_server.Calls.Select(call => call.Operation), Is.All.EqualTo("serviceAccounts.generateAccessToken"), "No secret was asked for.");
    }

    [Test]
    public async Task A_credential_that_nobody_can_act_from_is_refused_with_what_to_use_instead()
    {
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(_server, options => options.Impersonate = _server.Account);
        for (int i = 0; i < 2; i++)
        {
            SecretException error = (await store.ReadAsync([new SecretRead(Db)], default))[0].Error!;
            Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "impersonation-source")));
            Assert.That(error.Message, Does.Contain("drop Impersonate"));
            Assert.That(error.ToString(), Does.Not.Contain(_server.Token));
        }

        Assert.That(_server.Calls, Is.Empty);
    }

    private GoogleSecretManagerSecretStore Open(string? account, string? quotaProject) => GoogleTestStore.Open(_server, options =>
    {
        options.Credential = Person();
        options.Impersonate = account;
        options.QuotaProject = quotaProject;
        options.HttpClientFactory = new ToTheServer(_server.Url);
    });

    private GoogleCredential Person()
    {
        GoogleAuthorizationCodeFlow flow = new(new GoogleAuthorizationCodeFlow.Initializer { ClientSecrets = new ClientSecrets { ClientId = "none", ClientSecret = "not-a-real-secret" } });
        UserCredential signedIn = new(flow, "ada", new TokenResponse { AccessToken = _server.SourceToken, ExpiresInSeconds = 3600, IssuedUtc = DateTime.UtcNow });
        return signedIn.ToGoogleCredential();
    }

    /// <summary>The SDK's own client, its calls to the credentials service led to the loopback server.</summary>
    private sealed class ToTheServer(Uri server) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new Redirecting(server) { InnerHandler = base.CreateHandler(args) };
    }

    private sealed class Redirecting(Uri server) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == "iamcredentials.googleapis.com")
                request.RequestUri = new Uri(server, request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
