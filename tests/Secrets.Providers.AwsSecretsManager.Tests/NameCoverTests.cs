using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class NameCoverTests
{
    [Test]
    public void Every_name_begins_with_one_of_few_beginnings()
    {
        Gen<(string[] Names, int Most)> cases =
            from names in Gen.Elements("a", "ab", "abc", "b", "prod/db", "prod/dc", "prod/api", "test/db", "x", "").ListOf()
            from more in Gen.Choose(0, 120).Select(i => $"credential-{i:000}").ListOf()
            from most in Gen.Choose(1, 12)
            select (names.Concat(more).Distinct().Order(StringComparer.Ordinal).ToArray(), most);
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            IReadOnlyList<string> beginnings = NameCover.Of(given.Names, given.Most);
            return beginnings.Count <= given.Most && given.Names.All(name => beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Test]
    public void Few_names_are_their_own_beginnings() => Assert.That(NameCover.Of(["a", "ab", "b"], 3), Is.EqualTo(["a", "ab", "b"]));

    [Test]
    public void Names_that_share_most_are_put_together_first() =>
        Assert.That(NameCover.Of(["prod/api", "prod/db-1", "prod/db-2", "test/db"], 3), Is.EqualTo(["prod/api", "prod/db-", "test/db"]));

    [Test]
    public void Names_with_nothing_in_common_have_the_empty_beginning() => Assert.That(NameCover.Of(["a", "b"], 1), Is.EqualTo([""]));
}
