using System.Text.Json.Nodes;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

/// <summary>What the service keeps apart from values, for few calls: by pages of the listing, where that is allowed and knows enough.</summary>
public sealed class AwsDescriptionsTests : StoreTests
{
    [Test]
    public async Task Two_hundred_cold_reads_with_properties_take_two_calls_more_than_their_values()
    {
        string[] names = [.. Enumerable.Range(0, 200).Select(i => $"database-credential-{i:000}")];
        await PutAsync(names);
        Assert.That(Store.Capabilities.MaxBatchSize, Is.EqualTo(100), "How many a client gives at once.");
        foreach (string[] together in names.Chunk(100))
            AssertTagged(await ReadManyAsync(together));
        Assert.That((Count("BatchGetSecretValue"), Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((10, 2, 0)));
    }

    [Test]
    public async Task Among_many_others_each_is_asked_for_by_its_whole_name_ten_to_a_call()
    {
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"{(char)('a' + (i % 15))}-{i}")];
        for (int i = 0; i < 150; i++)
            Server.Put($"{(char)('a' + (i % 15))}+{i}", "canary");
        await PutAsync(names);
        AssertTagged(await ReadManyAsync(names));
        Assert.That((Count("BatchGetSecretValue"), Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((2, 4, 0)));
    }

    [Test]
    public async Task What_stays_hidden_behind_longer_names_is_described()
    {
        for (int i = 0; i < 120; i++)
            Server.Put($"db-{i:000}", "canary");
        await PutAsync("db", "db-", "d");
        AssertTagged(await ReadManyAsync("db", "db-", "d"));
        Assert.That((Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((1, 3)));
    }

    [Test]
    public async Task Where_listing_is_denied_each_is_described_and_listing_is_not_asked_for_again()
    {
        string[] names = ["a", "b", "c", "d"];
        await PutAsync(names);
        Server.Allows = (action, _) => action != "ListSecrets";
        for (int i = 0; i < 3; i++)
            AssertTagged(await ReadManyAsync(names));
        Assert.That((Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((1, 12)));
    }

    [Test]
    public async Task Where_neither_is_allowed_values_come_without_and_nothing_is_asked_for_again()
    {
        string[] names = ["a", "b", "c", "d"];
        await PutAsync(names);
        Server.Allows = (action, _) => action is not ("ListSecrets" or "DescribeSecret");
        for (int i = 0; i < 3; i++)
        {
            foreach (SecretReadResult result in await ReadManyAsync(names))
                Assert.That((result.Status, result.Secret!.Properties.Tags.Count), Is.EqualTo((SecretReadStatus.Found, 0)));
        }

        // Several may be on their way before the first is denied.
        Assert.That((Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((1, 1)).Or.EqualTo((1, 2)).Or.EqualTo((1, 3)).Or.EqualTo((1, 4)));
    }

    [Test]
    public async Task A_listing_that_lags_behind_the_version_read_is_not_believed()
    {
        string[] names = ["a", "b", "c"];
        await PutAsync(names);
        JsonArray old = new([.. names.Select(name => (JsonNode)new JsonObject
        {
            ["Name"] = name,
            ["Tags"] = new JsonArray(new JsonObject { ["Key"] = "env", ["Value"] = "before" }),
            ["SecretVersionsToStages"] = new JsonObject { ["00000000-0000-0000-0000-000000000000"] = new JsonArray("AWSCURRENT") },
        })]);
        Server.Faults.Answer(_ => ServerAnswer.Json(200, new JsonObject { ["SecretList"] = old.DeepClone() }, "application/x-amz-json-1.1"), "ListSecrets");
        AssertTagged(await ReadManyAsync(names));
        Assert.That((Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((1, 3)));
    }

    [Test]
    public async Task A_listing_that_fails_costs_calls_and_nothing_else()
    {
        string[] names = ["a", "b", "c"];
        await PutAsync(names);
        Server.Fail("ThrottlingException", "Rate exceeded", operation: "ListSecrets");
        AssertTagged(await ReadManyAsync(names));
        Server.ForgetCalls();
        AssertTagged(await ReadManyAsync(names));
        Assert.That((Count("ListSecrets"), Count("DescribeSecret")), Is.EqualTo((1, 0)), "It was no denial, so it is asked for again.");
    }

    [Test]
    public async Task No_more_calls_are_under_way_than_the_options_say_however_many_reads_there_are()
    {
        string[] names = [.. Enumerable.Range(0, 60).Select(i => $"s{i}")];
        await PutAsync(names);
        await using AwsSecretsManagerSecretStore narrow = AwsTestStore.Open(Server, options => options.MaxConcurrency = 2);
        TaskCompletionSource hold = Server.Faults.Hold("BatchGetSecretValue");
        Task<IReadOnlyList<SecretReadResult>>[] reads = [.. Enumerable.Range(0, 4).Select(_ => narrow.ReadAsync([.. names.Select(name => new SecretRead(SecretAddress.Public(name)))], default).AsTask())];
        Assert.That(() => Count("BatchGetSecretValue"), Is.EqualTo(2).After(30_000, 10));
        hold.SetResult();
        Server.Faults.Clear();
        foreach (IReadOnlyList<SecretReadResult> results in await Task.WhenAll(reads))
            AssertTagged(results);
        Assert.That(Server.MostAtOnce, Is.EqualTo(2));
    }

    private static void AssertTagged(IReadOnlyList<SecretReadResult> results)
    {
        foreach (SecretReadResult result in results)
            Assert.That((result.Status, result.Secret?.Properties.Tags.GetValueOrDefault("env")), Is.EqualTo((SecretReadStatus.Found, "prod")));
    }

    private async Task PutAsync(params string[] names)
    {
        foreach (string name in names)
            await Store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public(name), default) { Tags = new Dictionary<string, string> { ["env"] = "prod" } }, new SecretValues { ["value"] = "canary" }), default);
        Server.ForgetCalls();
    }
}
