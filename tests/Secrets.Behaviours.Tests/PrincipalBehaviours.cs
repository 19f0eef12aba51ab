using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;

namespace Secrets.Behaviours;

/// <summary>Who asks: from options, per call, or from whoever is signed in.</summary>
[TestFixture]
public sealed class PrincipalBehaviours
{
    [Test]
    public void A_signed_in_users_id_and_roles_are_its_claims()
    {
        ClaimsPrincipal user = new(new ClaimsIdentity([new Claim("sub", "ada-1"), new Claim(ClaimTypes.Name, "Ada"), new Claim(ClaimTypes.Role, "admin"), new Claim(ClaimTypes.Role, "ops")], "test"));
        Assert.That(user.ToSecretPrincipal(), Is.EqualTo(new SecretPrincipal("ada-1", SecretRole.Admin, new SecretRole("ops"))));
        user.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "ada-2")], "test"));
        Assert.That(user.ToSecretPrincipal().Id, Is.EqualTo("ada-2"));
        Assert.That(user.ToSecretPrincipal("sub").Id, Is.EqualTo("ada-1"));
    }

    [Test]
    public void What_was_not_authenticated_is_nobody()
    {
        Claim[] claims = [new Claim("sub", "ada"), new Claim(ClaimTypes.Role, "admin")];
        Assert.That(new ClaimsPrincipal(new ClaimsIdentity(claims)).ToSecretPrincipal(), Is.EqualTo(SecretPrincipal.Anonymous));
        Assert.That(new ClaimsPrincipal().ToSecretPrincipal(), Is.EqualTo(SecretPrincipal.Anonymous));
        Assert.That(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "Ada")], "test")).ToSecretPrincipal(), Is.EqualTo(SecretPrincipal.Anonymous), "A display name is no id.");
        ClaimsPrincipal mixed = new([new ClaimsIdentity([new Claim("sub", "bob")], "test"), new ClaimsIdentity(claims)]);
        Assert.That(mixed.ToSecretPrincipal(), Is.EqualTo(new SecretPrincipal("bob")), "Roles of an identity that was not authenticated do not count.");
    }

    [Test]
    public async Task The_hosts_client_acts_for_whoever_asks_at_the_moment_of_the_call()
    {
        await using InMemorySecretStore store = new();
        CurrentUser current = new();
        ServiceCollection services = new();
        services.AddSingleton(current);
        services.AddSecrets(secrets => secrets.UseInMemory(store).ActAs(host => host.GetRequiredService<CurrentUser>().Principal));
        await using ServiceProvider host = services.BuildServiceProvider();
        ISecretsClient client = host.GetRequiredService<ISecretsClient>();
        ISecretsClient kept = client.WithScopes(SecretScopeChain.Team);

        current.Principal = new SecretPrincipal("ada", SecretRole.Member);
        await client.CreateSecretAsync("mine", Platform.Pair("adas"), Platform.Private);
        Assert.That((await client.GetSecretAsync("mine"))["key"].RevealString(), Is.EqualTo("adas"));
        Assert.That(client.TryGetSecret("mine", out _), Is.True);
        Assert.That((await kept.GetSecretAsync("mine"))["key"].RevealString(), Is.EqualTo("adas"));

        current.Principal = new SecretPrincipal("bob", SecretRole.Admin);
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => client.GetSecretAsync("mine").AsTask());
        await Platform.RefusedAsync(SecretErrorCode.NotFound, () => kept.GetSecretAsync("mine").AsTask());
        Assert.That(client.TryGetSecret("mine", out _), Is.False, "What is warm for one is not for another.");

        current.Principal = null;
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => client.CreateSecretAsync("public", Platform.Pair("x")).AsTask());
        Assert.That(client.Principal, Is.EqualTo(SecretPrincipal.Anonymous));
        Assert.That(host.GetRequiredService<SecretsClient>().Principal, Is.EqualTo(SecretPrincipal.Host));
    }

    private sealed class CurrentUser
    {
        public SecretPrincipal? Principal { get; set; }
    }
}
