using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>A profile is data that one engine keeps: what it says holds, and a host's own variant holds as well.</summary>
[TestFixture]
public sealed class ProfileBehaviours
{
    [TestCase("default", "{{a.b}},<<a.b>>,${A},$<A>")]
    [TestCase("mosaic", "")]
    [TestCase("wandb", "${A}")]
    [TestCase("zenml", "{{a.b}}")]
    [TestCase("bento", "")]
    [TestCase("paperspace", "")]
    [Behaviour("W09", "Z56")]
    public void A_profile_reads_its_own_references_and_takes_the_others_for_text(string profile, string expected)
    {
        SecretTemplate template = SecretTemplate.Parse("{{a.b}} <<a.b>> ${A} $<A>", new SecretTemplateOptions { Syntaxes = SecretProfiles.Get(profile).Syntaxes });
        Assert.That(string.Join(',', template.References.Select(reference => reference.ToString())), Is.EqualTo(expected));
    }

    [TestCase("default", "")]
    [TestCase("mosaic", "Reveal,Update")]
    [TestCase("wandb", "Reveal")]
    [TestCase("zenml", "")]
    [TestCase("bento", "")]
    [TestCase("paperspace", "Reveal")]
    [Behaviour("M03", "M24", "W04", "P18")]
    public async Task A_profile_refuses_what_its_platform_has_no_verb_for(string profile, string refused)
    {
        await using Platform platform = new(SecretProfiles.Get(profile));
        SecretAddress address = SecretAddress.Public("token");
        List<string> denied = [];
        foreach (SecretAction action in Enum.GetValues<SecretAction>())
        {
            try
            {
                platform.Client.Demand(action, address);
            }
            catch (SecretException e) when ((e.Code, e.Reason) == (SecretErrorCode.Denied, "policy"))
            {
                Assert.That(e.Message, Does.Contain($"'{profile}'"));
                denied.Add($"{action}");
            }
        }

        Assert.That(string.Join(',', denied), Is.EqualTo(refused));
    }

    [TestCase("mosaic", "NAME,TYPE")]
    [TestCase("wandb", "Name")]
    [TestCase("zenml", "id,name")]
    [TestCase("bento", "Secret,Created_At,Mount_As,Stage,Keys,Path,Cluster")]
    [TestCase("paperspace", "Name")]
    [TestCase("default", "ID,NAME,SCOPE,PRIVATE,TYPE,KEYS,UPDATED,DESCRIPTION")]
    [Behaviour("M01", "Z39", "B14", "P09")]
    public async Task A_profile_lists_the_columns_of_its_platform(string profile, string titles)
    {
        await using Platform platform = new();
        SecretProperties item = await platform.Client.CreateSecretAsync("db", Platform.Pair("x"), new CreateSecretOptions { Type = "env", Tags = { [SecretInjectionTags.Stage] = "build" } });
        IReadOnlyList<SecretColumn> columns = SecretProfiles.Get(profile).ListColumns;
        Assert.That(string.Join(',', columns.Select(column => column.Title)), Is.EqualTo(titles));
        Assert.That(columns.First(column => column.Field == SecretField.Name).TextOf(item), Is.EqualTo("db"));
        foreach (SecretColumn stage in columns.Where(column => column.Tag == SecretInjectionTags.Stage))
            Assert.That(stage.TextOf(item), Is.EqualTo("build"));
        foreach (SecretColumn path in columns.Where(column => column.Tag == SecretInjectionTags.Path))
            Assert.That(path.TextOf(item), Is.Empty);
    }

    [Test]
    public async Task A_variant_of_a_hosts_own_holds_as_one_of_ours_does()
    {
        SecretProfile mine = SecretProfiles.ZenMl with
        {
            Id = "mine",
            Names = new SecretTextRule { MaxLength = 3, Characters = "abc", First = "a", Reserved = ["abc"], Words = "a, b and c" },
            Verbs = SecretVerbs.Create | SecretVerbs.List,
            ScopeKinds = ["lab"],
            MinValueLength = 2,
            MaxValueLength = 4,
        };
        await using Platform platform = new(mine, mine.ChainOf(new Dictionary<string, string> { ["lab"] = "x" }));
        CreateSecretOptions lab = new() { Scope = new SecretScope("lab", "x") };
        await platform.Client.CreateSecretAsync("acb", Platform.Pair("1234"), lab);
        Assert.That((await platform.Client.GetSecretAsync("acb")).Properties.Scope.Kind, Is.EqualTo("lab"));
        foreach ((string name, string value, CreateSecretOptions options, string reason) in new[] { ("abca", "12", lab, "name"), ("b", "12", lab, "name"), ("abc", "12", lab, "name"), ("ab", "1", lab, "value"), ("ab", "12345", lab, "value"), ("ab", "12", new CreateSecretOptions(), "scope-kind") })
            Assert.That((await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.CreateSecretAsync(name, Platform.Pair(value), options).AsTask())).Reason, Is.EqualTo(reason), name);
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Client.UpdateSecretAsync("acb", update => update.Set("key", "12")).AsTask());
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Client.DeleteSecretAsync("acb").AsTask());
    }
}
