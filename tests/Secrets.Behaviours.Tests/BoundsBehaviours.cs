using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Every rule for names and keys at its bounds and one past, and every other input that makes no sense: a code, a reason, and nothing written.</summary>
[TestFixture]
public sealed class BoundsBehaviours
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Letters = Lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    // Written down here once more, and not taken from the profiles: what is to be tested is what they say.
    private static readonly object[] NameRules =
    [
        new object[] { "default", 253, Letters + Digits + "_", Letters + Digits + "_-./", Letters + Digits + "_-." },
        new object[] { "mosaic", 253, Lower + Digits, Lower + Digits + "-.", Lower + Digits },
        new object[] { "wandb", 253, Letters + Digits + "_", Letters + Digits + "_", Letters + Digits + "_" },
        new object[] { "zenml", 253, Letters + Digits + "_", Letters + Digits + "_-./", Letters + Digits + "_-." },
        new object[] { "bento", 253, Letters + Digits + "_", Letters + Digits + "_-./", Letters + Digits + "_-." },
        new object[] { "paperspace", 128, Letters, Letters + Digits + "_", Letters + Digits + "_" },
    ];

    private static readonly object[] KeyRules =
    [
        new object[] { "default", 253, Letters + Digits + "_-.", Letters + Digits + "_-." },
        new object[] { "mosaic", 253, Letters + Digits + "_-.", Letters + Digits + "_-." },
        new object[] { "bento", 253, Letters + Digits + "_-.", Letters + Digits + "_-." },
        new object[] { "zenml", 253, Letters + "_\u00e9\u00fc\u043a\u4e2d", Letters + Digits + "_\u00e9\u00fc\u043a\u4e2d" },
    ];

    private static IEnumerable<char> Characters => Enumerable.Range(0, 128).Select(i => (char)i).Concat("\u00e9\u00fc\u043a\u4e2d\u0660\u200b\u2028\uFEFF\uFF0F");

    [TestCaseSource(nameof(NameRules))]
    [Behaviour("M18", "M19", "M20", "W01", "P14")]
    public async Task A_name_is_as_long_as_its_profile_takes_and_of_its_characters(string profile, int longest, string first, string middle, string last)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        List<string> wrong = [];
        foreach (char c in Characters)
        {
            await TryAsync($"{c}a", first.Contains(c, StringComparison.Ordinal));
            await TryAsync($"a{c}a", middle.Contains(c, StringComparison.Ordinal));
            await TryAsync($"a{c}", last.Contains(c, StringComparison.Ordinal));
            await TryAsync($"{c}", first.Contains(c, StringComparison.Ordinal) && last.Contains(c, StringComparison.Ordinal));
        }

        await TryAsync("", false);
        await TryAsync(new string('n', longest), true);
        await TryAsync(new string('n', longest + 1), false);
        Assert.That(wrong, Is.Empty);

        async Task TryAsync(string name, bool isLegal)
        {
            (string? outcome, string before) = (null, string.Join(',', await Platform.NamesAsync(platform.Client.ListSecretsAsync())));
            try
            {
                await platform.Client.CreateSecretAsync(name, Platform.One("x"));
                await platform.Client.DeleteSecretAsync(name);
            }
            catch (SecretException e)
            {
                outcome = $"{e.Code}/{e.Reason}";
            }

            bool isUnchanged = string.Join(',', await Platform.NamesAsync(platform.Client.ListSecretsAsync())) == before;
            if (outcome != (isLegal ? null : "InvalidArgument/name") || !isUnchanged) wrong.Add($"{name.Length} chars, U+{(name.Length > 0 ? name.Max() : 0):X4}: {outcome ?? "taken"}");
        }
    }

    [TestCase("default")]
    [TestCase("zenml")]
    [TestCase("bento")]
    public async Task A_name_with_slashes_leads_nowhere_else(string profile)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        await platform.Client.CreateSecretAsync("a/b.c/..d", Platform.Pair("x"));
        await platform.Client.CreateSecretAsync("free", Platform.Pair("x"));
        foreach (string name in new[] { "/a", "a/", "a//b", "a/./b", "a/../b", "..", ".", "../a", "a/.." })
        {
            Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync(name, Platform.Pair("x")).AsTask())).Reason, Is.EqualTo("name"), name);
            Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.RenameSecretAsync("free", name).AsTask())).Reason, Is.EqualTo("name"), name);
        }
    }

    [TestCaseSource(nameof(KeyRules))]
    [Behaviour("Z03")]
    public async Task A_key_is_as_long_as_its_profile_takes_and_of_its_characters(string profile, int longest, string first, string rest)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        List<string> wrong = [];
        foreach (char c in Characters)
        {
            if (c != '.') await TryAsync($"{c}", first.Contains(c, StringComparison.Ordinal));
            await TryAsync($"{c}a", first.Contains(c, StringComparison.Ordinal));
            await TryAsync($"a{c}", rest.Contains(c, StringComparison.Ordinal));
        }

        await TryAsync("", false);
        await TryAsync(".", false);
        await TryAsync("..", false);
        await TryAsync("...", rest.Contains('.', StringComparison.Ordinal));
        await TryAsync(new string('k', longest), true);
        await TryAsync(new string('k', longest + 1), false);
        Assert.That(wrong, Is.Empty);

        async Task TryAsync(string key, bool isLegal)
        {
            string? outcome = null;
            try
            {
                await platform.Client.CreateSecretAsync("db", Platform.Pair("x", key));
                await platform.Client.DeleteSecretAsync("db");
            }
            catch (SecretException e)
            {
                outcome = $"{e.Code}/{e.Reason}";
            }

            if (outcome != (isLegal ? null : "InvalidArgument/key")) wrong.Add($"{key.Length} chars, U+{(key.Length > 0 ? key.Max() : 0):X4}: {outcome ?? "taken"}");
        }
    }

    [TestCase("wandb")]
    [TestCase("paperspace")]
    public async Task A_secret_of_one_value_takes_no_other_key(string profile)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        await platform.Client.CreateSecretAsync("TOKEN", Platform.One("x"));
        foreach (string key in new[] { "", "Value", "values", "key", "name" })
        {
            Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync("OTHER", Platform.Pair("x", key)).AsTask())).Reason, Is.EqualTo("key"));
            Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.UpdateSecretAsync("TOKEN", update => update.Set(key, "x")).AsTask())).Reason, Is.EqualTo("key"));
        }
    }

    [Test]
    [Behaviour("Z04", "Z05")]
    public async Task A_reserved_word_is_refused_whole_and_in_its_own_case_only()
    {
        await using Platform platform = new(SecretProfiles.ZenMl);
        await platform.Client.CreateSecretAsync("Name", Platform.Pair("x", "NAME"));
        await platform.Client.CreateSecretAsync("names", Platform.Pair("x", "name_"));
        SecretException name = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync("name", Platform.Pair("x")).AsTask());
        SecretException renamed = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.RenameSecretAsync("names", "name").AsTask());
        SecretException key = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync("x", Platform.Pair("x", "name")).AsTask());
        SecretException updated = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.UpdateSecretAsync("names", update => update.Set("name", "x")).AsTask());
        Assert.That((name.Reason, renamed.Reason, key.Reason, updated.Reason), Is.EqualTo(("name", "name", "key", "key")));
        Assert.That(new[] { name, renamed, key, updated }.Select(error => error.Message), Is.All.Contains("reserved"));
    }

    [TestCase("mosaic", "project:churn")]
    [TestCase("wandb", "cluster:gpu-1")]
    [TestCase("zenml", "project:churn")]
    [TestCase("bento", "project:churn")]
    [TestCase("paperspace", "galaxy:x")]
    [Behaviour("P05", "W02", "M73")]
    public async Task A_scope_kind_that_a_profile_does_not_have_is_refused(string profile, string scope)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        SecretException error = await Platform.RefusedAsync(
            SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync("token", Platform.One("x"), new CreateSecretOptions { Scope = SecretScope.Parse(scope) }).AsTask());
        Assert.That(error.Reason, Is.EqualTo("scope-kind"));
        Assert.That(error.Message, Does.Contain(string.Join(", ", SecretProfiles.Get(profile).ScopeKinds)));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.Write), Is.Zero);
    }

    [Test]
    public async Task Without_a_profile_scope_kinds_are_open_and_still_have_a_rule()
    {
        await using Platform platform = new();
        await using Platform union = new(SecretProfiles.Default);
        foreach (Platform open in new[] { platform, union })
            Assert.That((await open.Client.CreateSecretAsync("db", Platform.Pair("x"), new CreateSecretOptions { Scope = new SecretScope("galaxy", "x") })).Scope.Kind, Is.EqualTo("galaxy"));
        foreach ((string text, string reason) in new[] { ("Galaxy:x", "scope-kind"), ("", "scope-kind"), (":x", "scope-kind"), (new string('k', 33) + ":x", "scope-kind"), ("project:", "scope-id"), ("project:a\nb", "scope-id"), ("project:" + new string('i', 129), "scope-id") })
        {
            SecretException error = Assert.Throws<SecretException>(() => SecretScope.Parse(text));
            Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, reason)), text);
        }

        Assert.That(SecretScope.Parse(new string('k', 32) + ":" + new string('i', 128)).Id, Has.Length.EqualTo(128));
    }

    [Test]
    public async Task A_chain_with_a_duplicate_or_without_a_scope_is_refused()
    {
        await using Platform platform = new();
        foreach (SecretScope[] scopes in (SecretScope[][])[[], [SecretScope.Team, SecretScope.Team], [SecretScope.Project("a"), SecretScope.Team, SecretScope.Project("a")], [SecretScope.Team, new("team", "")]])
        {
            SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => Task.FromResult(platform.Client.WithScopes(new SecretScopeChain(scopes))));
            Assert.That(error.Reason, Is.EqualTo("scope-chain"));
        }

        Assert.That(platform.Client.WithScopes(new SecretScopeChain(SecretScope.Project("a"), SecretScope.Project("b"))).Scopes, Has.Count.EqualTo(2), "Two of one kind are two scopes.");
    }

    [TestCase(0, 20, null, "page")]
    [TestCase(-1, 20, null, "page")]
    [TestCase(1, 0, null, "page-size")]
    [TestCase(1, 10_001, null, "page-size")]
    [TestCase(2, 20, "AAAA", "page")]
    [TestCase(1, 20, "AAAA", "continuation-token")]
    [TestCase(1, 20, "", "continuation-token")]
    [TestCase(1, 20, "not base64", "continuation-token")]
    [Behaviour("Z55", "P19")]
    public async Task A_page_that_makes_no_sense_is_refused_before_the_store_is_asked(int page, int size, string? after, string reason)
    {
        await using Platform platform = new();
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.ListPageAsync(new SecretPageQuery { Page = page, Size = size, After = after }).AsTask());
        Assert.That(error.Reason, Is.EqualTo(reason));
        Assert.That(platform.Store.Calls.Count(InMemoryOperation.List), Is.Zero);
    }

    [Test]
    [Behaviour("P19")]
    public async Task A_page_does_not_go_on_in_another_order()
    {
        await using Platform platform = new();
        foreach (string name in new[] { "a", "b", "c" })
            await platform.Client.CreateSecretAsync(name, Platform.Pair("x"));
        string next = (await platform.Client.ListPageAsync(new SecretPageQuery { Size = 1, Sort = SecretSort.Parse("type,desc:name", out _) })).NextPage!;
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.ListPageAsync(new SecretPageQuery { Size = 1, After = next }).AsTask());
        Assert.That(error.Reason, Is.EqualTo("continuation-token"));
    }

    [Test]
    [Behaviour("Z32", "Z33")]
    public async Task An_update_that_makes_no_sense_changes_nothing()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("db", new SecretValues { ["a"] = "1", ["b"] = "2" });
        (Action<SecretUpdate> Change, SecretErrorCode Code, string? Reason)[] updates =
        [
            (update => update.Set("a", "9").Remove("a"), SecretErrorCode.InvalidArgument, "set-and-remove"),
            (update => update.Remove("a").Set("a", "9"), SecretErrorCode.InvalidArgument, "set-and-remove"),
            (update => update.Set("c", "9").Remove("c"), SecretErrorCode.InvalidArgument, "set-and-remove"),
            (update => update.Remove("a").Remove("b"), SecretErrorCode.InvalidArgument, "no-keys"),
            (update => update.Set("a", "9").Remove("absent"), SecretErrorCode.KeyNotFound, null),
            (update => update.Set("no key", "9"), SecretErrorCode.InvalidArgument, "key"),
        ];
        foreach ((Action<SecretUpdate> change, SecretErrorCode code, string? reason) in updates)
        {
            Assert.That((await Platform.RefusedAsync(code, () => platform.Client.UpdateSecretAsync("db", change).AsTask())).Reason, Is.EqualTo(reason));
            Assert.That(platform.Store.Calls.Count(InMemoryOperation.Write), Is.EqualTo(1), "Only the creation.");
        }

        Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync("none", []).AsTask())).Reason, Is.EqualTo("no-keys"));
        await platform.Client.UpdateSecretAsync("db", update => update.Remove("a").Remove("b").Set("c", "3"));
        Assert.That((await platform.Client.GetSecretAsync("db")).Keys, Is.EqualTo(new[] { "c" }), "All of the old keys may go if a new one comes.");
    }
}
