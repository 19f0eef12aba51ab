namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>Many writes that wait behind one that waits for the lock, and so go together.</summary>
internal static class Together
{
    /// <summary>Writes <c>first</c>, and when that is waiting <c>s0</c>, <c>s1</c> and so on.</summary>
    internal static async Task WriteAsync(SimulatedDisk disk, EncryptedFileSecretStore store, int count, Action<string>? onCall = null)
    {
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ILockFile held = disk.LockAt(SimulatedStore.Path + ".lock");
        Assert.That(held.TryTake(), Is.True);
        disk.OnCall = call =>
        {
            onCall?.Invoke(call);
            if (call == "before-lock")
                waits.TrySetResult();
        };
        Task<SecretProperties> first = store.WriteAsync(StoreBench.Write(SecretAddress.Public("first"), "first"), default).AsTask();
        await waits.Task;
        Task<SecretProperties>[] others = [.. Enumerable.Range(0, count).Select(i => store.WriteAsync(StoreBench.Write(SecretAddress.Public($"s{i}"), "many"), default).AsTask())];
        held.Release();
        await first;
        await Task.WhenAll(others);
        disk.OnCall = null;
    }
}
