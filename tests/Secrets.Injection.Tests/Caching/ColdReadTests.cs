using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class ColdReadTests
{
    [Test]
    public async Task Arcus_200_cold_reads_made_200_calls_ours_1000_make_one()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        List<Task<string>> reads = [];
        using (InMemoryHold hold = rig.Store.Faults.Hold(InMemoryOperation.Read))
        {
            for (int i = 0; i < 1_000; i++)
                reads.Add(Task.Run(() => rig.ReadAsync("db")));
            await hold.WhenHeldAsync();
            while (reads.Any(read => read.Status is TaskStatus.Created or TaskStatus.WaitingToRun))
                await Task.Yield();
        }

        Assert.That(await Task.WhenAll(reads), Is.All.EqualTo("1"));
        Assert.That(rig.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task AWS_caching_client_a_cancelled_first_read_poisoned_the_entry_ours_leaves_no_trace_and_kills_no_others_wait()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        using CancellationTokenSource impatient = new();
        Task<Secret> first;
        Task<Secret> second;
        using (InMemoryHold hold = rig.Store.Faults.Hold(InMemoryOperation.Read))
        {
            first = rig.Client.GetSecretAsync("db", impatient.Token).AsTask();
            await hold.WhenHeldAsync();
            second = rig.Client.GetSecretAsync("db").AsTask();
            await impatient.CancelAsync();
            Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(ClientRig.KeyOf(await second), Is.EqualTo("1"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
        Assert.That(rig.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task AWS_caching_client_a_failed_first_read_poisoned_the_entry_ours_leaves_no_trace()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Read, Times = 1 });

        SecretException error = await Refusal.OfAsync(rig.Client.GetSecretAsync("db"));

        Assert.That((error.Code, error.StoreName, error.Address), Is.EqualTo((SecretErrorCode.Unavailable, "in-memory", (SecretAddress?)SecretAddress.Private(SecretScope.Team, "ada", "db"))));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"), "the next read asks at once");
    }

    [Test]
    public async Task AWS_caching_client_a_read_of_one_secret_waited_for_another_ours_do_not()
    {
        InMemorySecretStore inner = new(new InMemorySecretStoreOptions { Features = ClientRig.NoWatch });
        inner.Put(SecretAddress.Public("slow"), ClientRig.Key("1"));
        inner.Put(SecretAddress.Public("warm"), ClientRig.Key("2"));
        inner.Put(SecretAddress.Public("cold"), ClientRig.Key("3"));
        GatedStore store = new(inner, SecretAddress.Public("slow"));
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => store));
        await client.GetSecretAsync("warm");

        Task<Secret> slow = client.GetSecretAsync("slow").AsTask();
        await store.Reached;

        Assert.That(client.TryGetSecret("warm", out _), Is.True);
        Assert.That(ClientRig.KeyOf(await client.GetSecretAsync("cold")), Is.EqualTo("3"));
        Assert.That(slow.IsCompleted, Is.False);
        store.Open();
        Assert.That(ClientRig.KeyOf(await slow), Is.EqualTo("1"));
    }

    [Test]
    public async Task Arcus_misses_were_never_cached_ours_are_for_a_short_time()
    {
        await using ClientRig rig = new();
        for (int i = 0; i < 5; i++)
            Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.NotFound));
        Assert.That(rig.Reads, Is.EqualTo(1));

        rig.Put("db", "1");
        rig.Time.Advance(TimeSpan.FromSeconds(11));

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Arcus_an_empty_value_was_a_failure_ours_is_a_value()
    {
        await using ClientRig rig = new();
        rig.Put("empty", "");

        Assert.That(await rig.ReadAsync("empty"), Is.Empty);
        Assert.That(rig.Client.TryGetSecret("empty", out _), Is.True);
    }

    [Test]
    public async Task Vault_configuration_cached_a_failed_login_for_ever_ours_asks_again()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unauthenticated) { Times = 2 });

        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Unauthenticated));
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Unauthenticated));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    [Test]
    public async Task What_is_asked_in_the_same_moment_goes_down_in_batches()
    {
        await using ClientRig rig = new(store => (store.MaxBatchSize, store.MaxConcurrency) = (20, 1), builder => builder.ActAs(SecretPrincipal.Host));
        for (int i = 0; i < 41; i++)
            rig.Put($"s{i}", "1");
        List<Task<string>> reads = [];
        using (InMemoryHold hold = rig.Store.Faults.Hold(InMemoryOperation.Read))
        {
            reads.Add(rig.ReadAsync("s0"));
            await hold.WhenHeldAsync();
            reads.AddRange(Enumerable.Range(1, 40).Select(i => rig.ReadAsync($"s{i}")));
        }

        await Task.WhenAll(reads);

        Assert.That(rig.Reads, Is.EqualTo(3), "one alone, and two of twenty");
    }

    [Test]
    public async Task A_batch_of_lookups_is_cut_to_the_stores_size_and_no_more_calls_run_than_it_wants()
    {
        await using ClientRig rig = new(store => (store.MaxBatchSize, store.MaxConcurrency) = (20, 4), builder => builder.ActAs(SecretPrincipal.Host));
        for (int i = 0; i < 1_000; i++)
            rig.Put($"s{i}", "1");
        Task<IReadOnlyList<SecretLookupResult>> reads;
        using (InMemoryHold hold = rig.Store.Faults.Hold(InMemoryOperation.Read))
        {
            reads = rig.Client.GetSecretsAsync([.. Enumerable.Range(0, 1_000).Select(i => new SecretLookup($"s{i}"))]).AsTask();
            await hold.WhenHeldAsync(4);
            Assert.That(hold.Held, Is.EqualTo(4));
        }

        Assert.That((await reads).Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(rig.Reads, Is.EqualTo(50));
    }

    [Test]
    public async Task A_store_that_does_not_answer_is_timed_out()
    {
        await using ClientRig rig = new(store => store.Latency = TimeSpan.FromMinutes(5));
        rig.Put("db", "1");

        Task<SecretException> read = Refusal.OfAsync(rig.Client.GetSecretAsync("db"));
        // The store's latency, the client's time-out.
        await rig.Time.WaitForTimersAsync(2);
        rig.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await read).Code, Is.EqualTo(SecretErrorCode.TimedOut));
    }

    [Test]
    public async Task A_store_that_lets_a_foreign_exception_out_still_gives_a_coded_error()
    {
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => new BrokenStore(new InMemorySecretStore(new InMemorySecretStoreOptions { Features = ClientRig.NoWatch }))));

        SecretException error = await Refusal.OfAsync(client.GetSecretAsync("db"));

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unknown));
        Assert.That(error.ToString(), Does.Contain("NotSupportedException").And.Not.Contain("canary"), "nobody scrubbed its text");
    }

    [Test]
    public async Task A_store_that_forgets_an_answer_keeps_nobody_waiting()
    {
        await using SecretsClient client = SecretsClient.Create(builder => builder
            .UseStore(_ => new ForgetfulStore(new InMemorySecretStore(new InMemorySecretStoreOptions { Features = ClientRig.NoWatch })))
            .UseInMemory(options => options.Name = "second"));

        Assert.That((await Refusal.OfAsync(client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.Unknown));
    }

    private sealed class ForgetfulStore(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        public override ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<SecretReadResult>>([]);
    }

    private sealed class BrokenStore(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        public override ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken) =>
            throw new NotSupportedException("canary-in-a-message");
    }
}
