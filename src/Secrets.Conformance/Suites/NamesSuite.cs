using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Addresses map to native names reversibly: two addresses are never one secret, and none escapes its place.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class NamesSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private static readonly SecretScope[] Scopes =
    [
        SecretScope.Team, SecretScope.Project("a"), SecretScope.Project("A"), SecretScope.Project("a/b"), SecretScope.Project("a-b"), SecretScope.Project("a--b"),
        SecretScope.Cluster("a"), new SecretScope("step", "a"), new SecretScope("step", ""), new SecretScope("project", ""),
    ];

    private static readonly string?[] Owners = [null, "ada", "Ada", "bob", "a", "a/b"];

    /// <summary>Names that a store may map or refuse, and must not mistake for another.</summary>
    /// <returns>The names.</returns>
    public static IEnumerable<TestCaseData> EdgeNames() => new (string Name, string Shown)[]
    {
        ("a/b", "slash"), ("../db", "parent"), (".", "dot"), ("..", "two dots"), ("/db", "rooted"), ("a%2Fb", "percent"), ("a b", "space"), (" a", "leading space"),
        ("a:b", "colon"), ("a@b", "at"), ("a\\b", "backslash"), ("\u043a\u043b\u044e\u0447", "Cyrillic"), ("\u00e9", "composed"), ("e\u0301", "decomposed"),
        ("\U0001F511", "astral"), ("a\tb", "tab"), ("*", "star"), ("a?b=c&d", "query"), ("a#b", "fragment"), ("-a-", "hyphens"), ("a--b", "two hyphens"), ("_", "underscore"),
        ("CON", "device"), ("a.", "trailing dot"), ("project", "a kind"), ("project:a", "a scope"),
    }.Select(edge => new TestCaseData(edge.Name).SetArgDisplayNames(edge.Shown));

    [TestCase("a")]
    [TestCase("openai_secret")]
    [TestCase("my-s3")]
    [TestCase("with.dots.in.it")]
    [TestCase("UPPER")]
    [TestCase("0digits9")]
    [TestCase("__init__")]
    public async Task A_plain_name_is_taken_and_comes_back_as_it_was(string name)
    {
        await PutAsync(SecretAddress.Public(name), One(name));
        Assert.That(await TextAsync(SecretAddress.Public(name)), Is.EqualTo(name));
        if (Declares(SecretStoreFeatures.List)) Assert.That((await ListAsync()).Select(item => item.Name), Is.EqualTo(new[] { name }));
    }

    [TestCaseSource(nameof(EdgeNames))]
    public async Task An_edge_name_is_kept_exactly_or_refused(string name)
    {
        SecretAddress address = SecretAddress.Public(name);
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(address, One("1")))) return;
        SecretException? refused = null;
        try
        {
            await WriteAsync(address, One("1"));
        }
        catch (SecretException e)
        {
            refused = e;
        }

        if (refused is not null)
        {
            Assert.That(refused.Code, Is.EqualTo(SecretErrorCode.InvalidArgument), refused.Message);
            Assert.That((await ReadAsync(address)).Status, Is.EqualTo(SecretReadStatus.NotFound).Or.EqualTo(SecretReadStatus.Failed));
            return;
        }

        Assert.That(await TextAsync(address), Is.EqualTo("1"));
        if (Declares(SecretStoreFeatures.List)) Assert.That((await ListAsync()).Select(item => item.Address), Is.EqualTo(new[] { address }));
        await MissingAsync(Db);
    }

    [TestCase("name", "NAME")]
    [TestCase("name", "Name")]
    [TestCase("a-b", "a_b")]
    [TestCase("a.b", "a-b")]
    [TestCase("a-b", "a--b")]
    [TestCase("ab", "a_b")]
    public async Task Names_that_look_alike_are_two_secrets(string one, string other)
    {
        await PutAsync(SecretAddress.Public(one), One("1"));
        await MissingAsync(SecretAddress.Public(other));
        await PutAsync(SecretAddress.Public(other), One("2"));
        Assert.That(await TextAsync(SecretAddress.Public(one)), Is.EqualTo("1"));
        Assert.That(await TextAsync(SecretAddress.Public(other)), Is.EqualTo("2"));
    }

    [Test]
    public async Task Scopes_and_owners_never_collide()
    {
        SecretAddress[] addresses = [.. from scope in Scopes from owner in Owners from name in new[] { "a", "b", "A" } select new SecretAddress(scope, owner, name)];
        addresses = [.. addresses.Where(Fixture.Holds)];
        Assert.That(addresses, Is.Not.Empty);
        for (int i = 0; i < addresses.Length; i++)
            await PutAsync(addresses[i], One($"{i}"));
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([.. addresses.Select(address => new SecretRead(address))], Cancel);
        for (int i = 0; i < addresses.Length; i++)
            Assert.That(results[i].Secret?.SingleValue().RevealString(), Is.EqualTo($"{i}"), $"{addresses[i]}");
    }

    [Test]
    public async Task A_private_secret_is_not_there_for_another_owner_or_for_all()
    {
        SecretAddress mine = SecretAddress.Private(SecretScope.Team, "ada", "db");
        if (!Fixture.Holds(mine))
        {
            await MissingAsync(mine);
            return;
        }

        await PutAsync(mine, One("1"));
        Assert.That(await TextAsync(mine), Is.EqualTo("1"));
        await MissingAsync(SecretAddress.Private(SecretScope.Team, "bob", "db"));
        await MissingAsync(Db);
    }

    [Test]
    public async Task The_longest_name_is_taken()
    {
        SecretAddress longest = SecretAddress.Public(new string('n', Store.Capabilities.MaxNameLength));
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(longest, One("1")))) return;
        await WriteAsync(longest, One("1"));
        Assert.That(await TextAsync(longest), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_name_of_one_char_more_is_refused()
    {
        SecretAddress tooLong = SecretAddress.Public(new string('n', Store.Capabilities.MaxNameLength + 1));
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(tooLong, One("1")))) return;
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => WriteAsync(tooLong, One("1")));
    }

    [Test]
    public async Task An_empty_name_is_refused()
    {
        SecretAddress nameless = SecretAddress.Public("");
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(nameless, One("1")))) return;
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => WriteAsync(nameless, One("1")));
    }
}
