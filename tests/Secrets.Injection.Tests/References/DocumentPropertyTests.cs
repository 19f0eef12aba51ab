using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Secrets.Injection.Tests.References;

/// <summary>The modes against random texts: no crash, no hang, and a document says what the text would have said.</summary>
internal sealed class DocumentPropertyTests
{
    private static readonly FewSecrets Client = new FewSecrets { IsWarm = true }
        .With("a", new() { ["b"] = "v\"'\\\n: #{}$x" })
        .With("A", new() { ["only"] = "- w" })
        .With("a.b", new() { ["c"] = "q" });

    private static readonly SecretResolveOptions Lenient = new() { Missing = SecretMissingReferences.LeaveInPlace, SuggestNames = false };

    private static int Factor => int.TryParse(Environment.GetEnvironmentVariable("SECRETS_SOAK"), out int factor) ? Math.Max(1, factor) : 1;

    [Test]
    public void Any_text_is_a_document_or_an_error_with_a_place()
    {
        RandomTexts random = new(20_261_121);
        for (int i = 0; i < 20_000 * Factor; i++)
        {
            string text = string.Join(random.Text().Length % 3 == 0 ? "\n" : ": ", random.Text(), random.Text(), random.Text());
            foreach (SecretTemplateMode mode in new[] { SecretTemplateMode.Json, SecretTemplateMode.Yaml, SecretTemplateMode.Dotenv })
            {
                try
                {
                    SecretTemplate template = SecretTemplate.Parse(text, mode, new SecretTemplateOptions { Syntaxes = random.Syntaxes() });
                    if (template.Format() != text) Assert.Fail($"{mode} changes {text}");
                }
                catch (SecretException malformed) when (malformed.Code == SecretErrorCode.MalformedReference)
                {
                    if (malformed.Reason is null) Assert.Fail($"{mode}: {text} gives no reason");
                }
            }
        }
    }

    [Test]
    public async Task A_json_string_says_what_the_text_says()
    {
        RandomTexts random = new(1);
        for (int i = 0; i < 20_000 * Factor; i++)
        {
            if (await ResolvedAsync(random) is not { } sample) continue;
            string json = (await Client.ResolveAllAsync([SecretTemplate.ParseJson($"[{JsonSerializer.Serialize(sample.Text)}]")], Lenient))[0].GetTextOrThrow();
            if (JsonSerializer.Deserialize<string[]>(json)![0] != sample.Resolved) Assert.Fail($"{sample.Text} gives {json}");
        }
    }

    [Test]
    public async Task A_yaml_scalar_says_what_the_text_says()
    {
        RandomTexts random = new(2);
        for (int i = 0; i < 5_000 * Factor; i++)
        {
            // What YAML itself cannot say in single quotes is not asked of it.
            if (await ResolvedAsync(random) is not { } sample || sample.Text.Any(c => char.IsControl(c))) continue;
            string document = $"k: '{sample.Text.Replace("'", "''", StringComparison.Ordinal)}'\nlast: {{{{a.b}}}}\n";
            string yaml = (await Client.ResolveAllAsync([SecretTemplate.ParseYaml(document)], Lenient))[0].GetTextOrThrow();
            YamlStream stream = new();
            stream.Load(new StringReader(yaml));
            if (((YamlScalarNode)stream.Documents[0].RootNode["k"]).Value != sample.Resolved) Assert.Fail($"{sample.Text} gives {yaml}");
        }
    }

    private static async Task<(string Text, string Resolved)?> ResolvedAsync(RandomTexts random)
    {
        string text = string.Concat(random.Text().EnumerateRunes());
        if (text.Contains('\ufffd') || !SecretTemplate.TryParse(text, out SecretTemplate? template)) return null;
        return (text, (await Client.ResolveAllAsync([template], Lenient))[0].GetTextOrThrow());
    }
}
