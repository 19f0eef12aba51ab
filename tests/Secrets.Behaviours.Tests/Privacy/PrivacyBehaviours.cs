using System.Reflection;
using Secrets.Testing;

namespace Secrets.Behaviours.Privacy;

/// <summary>
/// A private secret of somebody else cannot be told from one that is missing: each verb is asked in two worlds, with Ada's secrets and without them, and
/// everything that comes back has to be the same.
/// </summary>
[TestFixture]
public sealed class PrivacyBehaviours
{
    private static readonly SecretPrincipal[] Others =
    [
        new("mallory", SecretRole.Admin), new("mallory", SecretRole.Member), new("mallory", new SecretRole("owner"), new SecretRole("superuser")), new("Ada", SecretRole.Admin),
        new("ada ", SecretRole.Admin), SecretPrincipal.Host, SecretPrincipal.Anonymous,
    ];

    // What never names a secret, or only hands a plan, a draft or a subscription on to what is asked here.
    private static readonly string[] SayNothing = ["As", "WithScopes", "Create", "Dispose", "DisposeAsync", "RunAsync", "WatchSecretAsync", "get_Principal", "get_Scopes", "get_Capabilities", "<Extension>$"];

    [TestCase("hers")]
    [TestCase("gone")]
    [TestCase("both")]
    [Behaviour("Z22", "Z28", "Z43", "Z68")]
    public async Task Somebody_elses_private_secret_is_as_if_it_were_not_there(string name)
    {
        List<string> told = [];
        foreach (SecretPrincipal other in Others)
        {
            for (int i = 0; i < ClientVerbs.All.Count; i++)
            {
                (string method, Func<SecretsClient, string, Task<object?>> ask) = ClientVerbs.All[i];
                foreach (SecretLookupOrder order in Enum.GetValues<SecretLookupOrder>())
                {
                    SecretScopeChain scopes = order == SecretLookupOrder.ScopeFirst ? SecretScopeChain.Default("churn") : SecretScopeChain.Team;
                    await using World with = await World.MakeAsync(true, order, scopes);
                    await using World without = await World.MakeAsync(false, order, scopes);
                    (string seen, string expected) = (await with.AnswerAsync(other, method, ask, name), await without.AnswerAsync(other, method, ask, name));
                    if (seen != expected) told.Add($"{method} (number {i}) for {other}, {order}:\n--- with\n{seen}\n--- without\n{expected}");
                }
            }
        }

        Assert.That(told, Is.Empty);
    }

    [Test]
    public async Task The_two_worlds_differ_for_Ada()
    {
        int differences = 0;
        foreach ((string method, Func<SecretsClient, string, Task<object?>> ask) in ClientVerbs.All)
        {
            await using World with = await World.MakeAsync(true, SecretLookupOrder.VisibilityFirst, SecretScopeChain.Team);
            await using World without = await World.MakeAsync(false, SecretLookupOrder.VisibilityFirst, SecretScopeChain.Team);
            if (await with.AnswerAsync(World.Ada, method, ask, "hers") != await without.AnswerAsync(World.Ada, method, ask, "hers")) differences++;
        }

        Assert.That(differences, Is.GreaterThan(ClientVerbs.All.Count * 3 / 4), "Else the comparison would not see what it is to see.");
    }

    [Test]
    public void No_verb_of_the_client_is_left_out()
    {
        IEnumerable<string> own = new[] { typeof(ISecretsClient), typeof(SecretsClient) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => method.Name);
        IEnumerable<string> extensions = new[] { typeof(ISecretsClient).Assembly, typeof(SecretsClient).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(method => method.GetParameters() is [{ ParameterType: var first }, ..] && (first == typeof(ISecretsClient) || first == typeof(SecretsClient)))
            .Select(method => method.Name);
        string[] asked = [.. ClientVerbs.All.Select(verb => verb.Method)];
        Assert.That(own.Concat(extensions).Distinct().Except(asked).Except(SayNothing), Is.Empty, "Ask it in ClientVerbs.");
        Assert.That(asked.Except(own.Concat(extensions)), Is.Empty);
    }
}
