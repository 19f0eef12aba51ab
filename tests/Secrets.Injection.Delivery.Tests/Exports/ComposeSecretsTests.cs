using System.Text.RegularExpressions;
using Secrets.Testing;
using YamlDotNet.RepresentationModel;

namespace Secrets.Injection.Delivery.Tests.Exports;

/// <summary>
/// The part of a Compose file, read by a YAML parser and held against the Compose specification's shape of <c>secrets</c>: Compose itself does not
/// install where the tests run.
/// </summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed partial class ComposeSecretsTests
{
    // The specification's properties of a secret; exactly one of the first three says where it comes from.
    private static readonly string[] Sources = ["file", "environment", "external"];
    private static readonly string[] Properties = [.. Sources, "name", "labels", "driver", "driver_opts", "template_driver"];

    private static readonly Dictionary<string, string> Values = new() { ["PLAIN"] = "not-a-real-value", ["LINES"] = "first-line\nsecond-line\n", ["EMPTY"] = "" };

    private DeliveryClient _client = null!;
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public async Task Prepare()
    {
        _client = new DeliveryClient();
        _directory = new TemporaryDirectory();
        await _client.Put("env", new SecretValues(Values.Select(static p => KeyValuePair.Create(p.Key, SecretValue.FromString(p.Value)))), "env");
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("my-cert", SecretValue.FromBytes([0xFF, 0, 1])));
    }

    [TearDown]
    public async Task Clean()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [TestCase("compose")]
    [TestCase("we\"ird $HOME ${X} #: [dir] 'é")]
    public async Task The_element_has_the_shape_of_the_specification_and_names_files_with_the_values(string directory)
    {
        InjectionPlan plan = await _client.PlanInjectionAsync(["env", "my-cert"]);
        string yaml = plan.WriteComposeSecrets(_directory[directory]);

        YamlStream stream = new();
        stream.Load(new StringReader(yaml));
        YamlMappingNode root = (YamlMappingNode)stream.Documents.Single().RootNode;
        Assert.That(root.Children.Keys.Select(Text), Is.EqualTo(new[] { "secrets" }), "nothing but the element");
        Dictionary<string, YamlMappingNode> secrets = ((YamlMappingNode)root["secrets"]).Children.ToDictionary(pair => Text(pair.Key), pair => (YamlMappingNode)pair.Value);
        Assert.That(secrets.Keys, Is.EquivalentTo(new[] { "PLAIN", "LINES", "EMPTY", "my-cert.secret" }));
        foreach ((string name, YamlMappingNode secret) in secrets)
        {
            string[] given = [.. secret.Children.Keys.Select(Text)];
            Assert.That(name, Does.Match(SecretName()), "the specification's pattern of a name");
            Assert.That(given, Is.SubsetOf(Properties), name);
            Assert.That(given.Intersect(Sources), Is.EqualTo(new[] { "file" }), name);
            string file = Interpolated(Text(secret["file"]));
            Assert.That(Path.IsPathFullyQualified(file), Is.True, file);
            byte[] expected = Values.TryGetValue(name, out string? text) ? System.Text.Encoding.UTF8.GetBytes(text) : [0xFF, 0, 1];
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(expected), name);
            Assert.That(UnixModes.Get(file), Is.EqualTo(UnixFileMode.UserRead), name);
        }

        Assert.That(yaml, Does.Not.Contain("not-a-real-value").And.Not.Contain("first-line"));
    }

    [Test]
    public async Task A_plan_without_anything_gives_an_empty_element()
    {
        InjectionPlan plan = await _client.PlanInjectionAsync(Array.Empty<string>());
        Assert.That(plan.WriteComposeSecrets(_directory["none"]), Is.EqualTo("secrets: {}\n"));
    }

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    // What Compose makes of a text: two dollars are one, and one alone would begin a variable.
    private static string Interpolated(string text)
    {
        Assert.That(text.Replace("$$", "", StringComparison.Ordinal), Does.Not.Contain("$"), "a variable of Compose");
        return text.Replace("$$", "$", StringComparison.Ordinal);
    }

    [GeneratedRegex("^[a-zA-Z0-9._-]+$")]
    private static partial Regex SecretName();
}
