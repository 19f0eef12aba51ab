using Secrets.Providers.EncryptedFile.Tests.Crashes;

namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>
/// Two stores over one file take turns at random, and many of their commits are taken back after the other, or somebody who opens the file
/// just then, has seen them: what was acknowledged is what all of them read, and the file stays sound.
/// </summary>
internal sealed class TakenBackCommitsTests
{
    private static readonly int Rounds = Soak.Scaled("SECRETS_SOAK_TAKEN_BACK", 40);

    [Test]
    public async Task What_was_acknowledged_is_there_and_nothing_else()
    {
        int seed = Environment.TickCount;
        int takenBack = 0;
        for (int round = 0; round < Rounds; round++)
            takenBack += await new Round(seed + round).RunAsync();
        Soak.Report($"{takenBack:N0} commits taken back in {Rounds:N0} rounds");
        Assert.That(takenBack, Is.GreaterThan(Rounds));
    }

    private sealed class Round(int seed)
    {
        private const int Steps = 40;

        private readonly Random _random = new(seed);
        private readonly Testing.ManualTimeProvider _time = new();
        private readonly Dictionary<SecretAddress, string> _acknowledged = [];
        private SimulatedDisk _disk = null!;
        private int _takenBack;

        internal async Task<int> RunAsync()
        {
            _disk = await SimulatedStore.SmallAsync();
            await using (EncryptedFileSecretStore one = await OpenAsync())
            await using (EncryptedFileSecretStore two = await OpenAsync())
            {
                for (int step = 0; step < Steps; step++)
                {
                    (EncryptedFileSecretStore actor, EncryptedFileSecretStore other) = _random.Next(2) == 0 ? (one, two) : (two, one);
                    await StepAsync(actor, other);
                }

                _time.Advance(TimeSpan.FromMilliseconds(250));
                await CheckAsync(one, "one");
                await CheckAsync(two, "two");
            }

            await using EncryptedFileSecretStore again = await OpenAsync();
            await CheckAsync(again, "opened again");
            Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True, $"seed {seed}");
            return _takenBack;
        }

        private async Task StepAsync(EncryptedFileSecretStore actor, EncryptedFileSecretStore other)
        {
            switch (_random.Next(10))
            {
                case 0:
                    await actor.Maintenance.CompactAsync();
                    break;
                case 1:
                    _time.Advance(TimeSpan.FromMilliseconds(250));
                    break;
                case < 6:
                    await TakeBackAsync(actor, other);
                    break;
                default:
                    (SecretAddress address, string value) = Next();
                    await actor.WriteAsync(StoreBench.Write(address, value), default);
                    _acknowledged[address] = value;
                    break;
            }
        }

        private async Task TakeBackAsync(EncryptedFileSecretStore actor, EncryptedFileSecretStore other)
        {
            (SecretAddress address, string value) = Next();
            bool reads = _random.Next(3) > 0, opens = _random.Next(4) == 0, armed = true;
            _disk.OnCall = call =>
            {
                if (call != "before-sync" || !armed)
                    return;
                armed = false;
                if (reads)
                    StoreBench.ReadAsync(other, address).GetAwaiter().GetResult();
                if (opens)
                    OpenAsync().AsTask().GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
                throw new IOException("Input/output error", 5);
            };
            SecretException failed = Assert.ThrowsAsync<SecretException>(async () => await actor.WriteAsync(StoreBench.Write(address, value), default))!;
            _disk.OnCall = null;
            _takenBack++;
            Assert.That(failed.Reason, Is.EqualTo("io-error"), $"seed {seed}: {failed}");
            await Task.CompletedTask;
        }

        private (SecretAddress Address, string Value) Next() =>
            (SecretAddress.Public($"s{_random.Next(4)}"), new string((char)('a' + _random.Next(26)), _random.Next(3) == 0 ? _random.Next(600) : 8));

        private async Task CheckAsync(EncryptedFileSecretStore store, string which)
        {
            for (int i = 0; i < 4; i++)
            {
                SecretAddress address = SecretAddress.Public($"s{i}");
                Assert.That(await StoreBench.ReadAsync(store, address), Is.EqualTo(_acknowledged.GetValueOrDefault(address)), $"{address} in {which}, seed {seed}");
            }
        }

        private ValueTask<EncryptedFileSecretStore> OpenAsync()
        {
            EncryptedFileOptions options = SimulatedStore.Options(_disk);
            options.PollInterval = TimeSpan.FromMilliseconds(250);
            options.TimeProvider = _time;
            options.ReserveFromBytes = 4096;
            options.CompactFromBytes = null;
            // An opener that finds something to erase would wait for the lock, which whoever has it open here holds while it opens.
            options.MaxVersions = 1000;
            options.LockTimeout = TimeSpan.Zero;
            return EncryptedFileSecretStore.OpenAsync(options);
        }
    }
}
