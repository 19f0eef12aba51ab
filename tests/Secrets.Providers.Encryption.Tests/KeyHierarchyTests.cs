using System.Collections;

namespace Secrets.Providers.Encryption.Tests;

internal sealed class KeyHierarchyTests
{
    private static readonly Guid StoreId = new("5f0c8c11-1b2d-4a3e-9a77-0f4f1c2d3e4f");

    [Test]
    public void Two_threads_that_adopt_an_epoch_each_lose_neither()
    {
        byte[] root = [.. Enumerable.Range(0, SealingKey.Length).Select(i => (byte)i)];
        (SealedEpoch first, SealedEpoch second) = TwoEpochs(root);
        using KeyHierarchy keys = new(StoreId, SealingKey.FromBytes(root));
        bool adopted = false;
        Thread other = new(() => adopted = keys.TryAdopt([second]));
        // In the middle of one's adopting the other begins, and either waits or comes to its end.
        Interrupted epochs = new(first, () =>
        {
            other.Start();
            bool isSettled = SpinWait.SpinUntil(() => (other.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0, TimeSpan.FromSeconds(30));
            Assert.That(isSettled, Is.True);
        });
        Assert.That(keys.TryAdopt(epochs), Is.True);
        other.Join();
        Assert.That(adopted, Is.True);
        Assert.That(keys.Epochs, Is.EqualTo(new uint[] { 1, 2 }));
        Assert.That(keys.CurrentEpoch, Is.EqualTo(2));
    }

    [Test]
    public void Nothing_is_adopted_if_one_epoch_does_not_open()
    {
        byte[] root = new byte[SealingKey.Length];
        (SealedEpoch first, SealedEpoch second) = TwoEpochs(root);
        using KeyHierarchy keys = new(StoreId, SealingKey.FromBytes(root));
        Assert.That(keys.TryAdopt([first, second with { Record = first.Record }]), Is.False);
        Assert.That((keys.Epochs.Count, keys.CurrentEpoch), Is.EqualTo((0, 0u)));
    }

    private static (SealedEpoch First, SealedEpoch Second) TwoEpochs(byte[] root)
    {
        using KeyHierarchy keys = new(StoreId, SealingKey.FromBytes(root));
        SealedEpoch first = keys.CreateEpoch();
        keys.TryAdopt([first]);
        return (first, keys.CreateEpoch());
    }

    /// <summary>A list of one that does something while it is gone through.</summary>
    private sealed class Interrupted(SealedEpoch epoch, Action meanwhile) : IReadOnlyList<SealedEpoch>
    {
        public int Count => 1;

        public SealedEpoch this[int index] => epoch;

        public IEnumerator<SealedEpoch> GetEnumerator()
        {
            yield return epoch;
            meanwhile();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
