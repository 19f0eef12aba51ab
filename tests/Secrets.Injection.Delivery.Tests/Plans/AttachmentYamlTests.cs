using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Plans;

/// <summary>The secrets that a deployment's YAML names, as BentoCloud has them.</summary>
[TestFixture]
public sealed class AttachmentYamlTests
{
    private const string Deployment = """
        name: my-deployment
        bento: ./project
        secrets:
          - openai
          - "hf"   # quoted names are names
        services:
          MyService:
            secrets: [not-of-the-deployment]
            envs:
              - name: X
                value: "1"
        """;

    [Test, Behaviour("B31")]
    public async Task The_secrets_of_a_deployment_are_attached_as_if_each_had_been_named()
    {
        await using DeliveryClient client = new();
        await client.Put("openai", new() { ["OPENAI_API_KEY"] = "not-a-real-key" });
        await client.Put("hf", new() { ["HF_TOKEN"] = "not-a-real-token" });

        InjectionPlan fromYaml = await client.PlanInjectionAsync(SecretAttachment.ListFromYaml(Deployment));
        InjectionPlan byName = await client.PlanInjectionAsync(["openai", "hf"]);

        Assert.That(fromYaml.Variables.Select(variable => (variable.Name, variable.Source)), Is.EqualTo(byName.Variables.Select(variable => (variable.Name, variable.Source))).And.Not.Empty);
    }

    [TestCase("", "")]
    [TestCase("name: x\n", "")]
    [TestCase("secrets: []\n", "")]
    [TestCase("- secrets\n- a\n", "")]
    [TestCase("secrets: [b, a, b]\n", "b,a")]
    [TestCase("secrets:\n- 1\n- true\n- \"null\"\n- 'a b'\n", "1,true,null,a b")]
    [TestCase("secrets: [a]\n---\nsecrets: [b]\n", "a,b")]
    [TestCase("x: &x {secrets: [inner]}\ny: *x\nsecrets: [outer]\n", "outer")]
    public void Names_are_taken_in_order_and_once(string yaml, string names) =>
        Assert.That(string.Join(',', SecretAttachment.ListFromYaml(yaml).Select(attachment => attachment.Lookup.Name)), Is.EqualTo(names));

    [TestCase("a: 1\nsecrets: db\n", "Line 2: ")]
    [TestCase("secrets:\n  db: yes\n", "Line 2: ")]
    [TestCase("secrets:\n- db\n-\n", "Line 3: ")]
    [TestCase("secrets:\n- ~\n", "Line 2: ")]
    [TestCase("secrets:\n- {name: db}\n", "Line 2: ")]
    [TestCase("n: &n db\nsecrets:\n- *n\n", "Line 3: ")]
    [TestCase("secrets: [db\n", "Line ")]
    [TestCase("not-a-real-password: \"open\n", "Line ")]
    public void What_is_no_list_of_names_is_a_coded_error_with_its_line_and_none_of_the_text(string yaml, string place)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretAttachment.ListFromYaml(yaml))!;

        Assert.That((error.Code, error.Reason, error.InnerException), Is.EqualTo((SecretErrorCode.InvalidArgument, "attachments", (Exception?)null)));
        Assert.That(error.Message, Does.StartWith(place).And.Not.Contain("not-a-real-password"));
    }
}
