using Secrets.House.Repository;

namespace Secrets.House.Conventions;

public sealed class SourceRulesTests
{
    private static readonly SourceFile[] All =
        [.. Repo.Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceFile.Read)];

    private static readonly SourceFile[] Shipped = [.. All.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))];

    [Test]
    public void A_file_that_ships_declares_one_type_and_is_named_after_it() => Assert.That(Shipped.SelectMany(SourceRules.OneTypePerFile), Is.Empty);

    [Test]
    public void Names_say_something() => Assert.That(All.SelectMany(SourceRules.NamesThatSaySomething), Is.Empty);

    [Test]
    public void Options_document_their_defaults() => Assert.That(Shipped.SelectMany(SourceRules.OptionsWithDefaults), Is.Empty);

    [Test]
    public void Nothing_is_left_unfinished_or_switched_off() => Assert.That(All.SelectMany(SourceRules.NothingUnfinished), Is.Empty);

    [Test]
    public void Files_are_small_or_say_why_not() => Assert.That(All.SelectMany(SourceRules.NotTooLong), Is.Empty);

    [Test]
    public void Each_rule_finds_its_violation()
    {
        Assert.That(SourceRules.OneTypePerFile(Planted("class Planted { } enum Other { }")), Is.Not.Empty);
        Assert.That(SourceRules.OneTypePerFile(Planted("class Elsewhere { }")), Is.Not.Empty);
        Assert.That(SourceRules.OneTypePerFile(Planted("class Planted { } class Planted<T> { } file class Inner { }")), Is.Empty);
        Assert.That(SourceRules.NamesThatSaySomething(Planted("class Planted { class NameHelper { } }")), Is.Not.Empty);
        Assert.That(SourceRules.NamesThatSaySomething(Planted("class AwsSecretsManagerStore { } class FooServiceCollectionExtensions { } class Serviceable { }")), Is.Empty);
        Assert.That(SourceRules.OptionsWithDefaults(Planted("public class PlantedOptions { /// <value>How many.</value>\n public int Count { get; set; } }")), Is.Not.Empty);
        Assert.That(SourceRules.OptionsWithDefaults(Planted("public class PlantedOptions { /// <value>How many. Default 3.</value>\n public int Count { get; set; } }")), Is.Empty);
        Assert.That(SourceRules.NothingUnfinished(Planted("// TO" + "DO later")), Is.Not.Empty);
        Assert.That(SourceRules.NotTooLong(Planted(new string('\n', SourceRules.MostLines + 1))), Is.Not.Empty);
        Assert.That(SourceRules.NotTooLong(Planted("// Long because it is a table.\n" + new string('\n', SourceRules.MostLines + 1))), Is.Empty);
    }

    private static SourceFile Planted(string text) => new("src/Planted.cs", text);
}
