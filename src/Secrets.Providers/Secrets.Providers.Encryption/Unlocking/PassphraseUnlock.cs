using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Secrets;

internal sealed class PassphraseUnlock(
    Func<CancellationToken, ValueTask<SecretValue?>> ask, string label, PassphraseOptions? options, Func<int, TimeSpan>? measure = null) : UnlockMethod
{
    internal const int ProbeIterations = 20_000;
    private const int SaltLength = 32;

    private readonly Func<CancellationToken, ValueTask<SecretValue?>> _ask = ask ?? throw new ArgumentNullException(nameof(ask));
    private readonly PassphraseOptions _options = options ?? new PassphraseOptions();
    private readonly Func<int, TimeSpan> _measure = measure ?? Measure;

    public override UnlockSlotKind Kind => UnlockSlotKind.Passphrase;

    public override string Label { get; } = label;

    public override async ValueTask<UnlockSlot> CreateSlotAsync(KeyHierarchy keys, DateTimeOffset createdOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        SecretValue passphrase = await AskAsync(cancellationToken).ConfigureAwait(false);
        byte[] parameters = new byte[SaltLength + 4];
        RandomNumberGenerator.Fill(parameters.AsSpan(0, SaltLength));
        BinaryPrimitives.WriteUInt32LittleEndian(parameters.AsSpan(SaltLength), (uint)Calibrate());
        using SealingKey key = await DeriveAsync(passphrase, parameters, cancellationToken).ConfigureAwait(false);
        return UnlockSlot.Create(keys, Kind, Label, createdOn, parameters, key.RevealBytes());
    }

    public override async ValueTask<SealingKey?> TryOpenSlotAsync(Guid storeId, UnlockSlot slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        byte[] parameters = slot.Parameters.ToArray();
        if (parameters.Length != SaltLength + 4)
            return null;
        RefuseOddCost(IterationsOf(parameters), slot);
        SecretValue passphrase = await AskAsync(cancellationToken).ConfigureAwait(false);
        using SealingKey key = await DeriveAsync(passphrase, parameters, cancellationToken).ConfigureAwait(false);
        return slot.TryOpen(storeId, key.RevealBytes());
    }

    private static uint IterationsOf(byte[] parameters) => BinaryPrimitives.ReadUInt32LittleEndian(parameters.AsSpan(SaltLength));

    private async ValueTask<SecretValue> AskAsync(CancellationToken cancellationToken)
    {
        SecretValue? passphrase = await _ask(cancellationToken).ConfigureAwait(false);
        if (passphrase is null || passphrase.ByteCount == 0)
        {
            throw new SecretException(SecretErrorCode.Unauthenticated, $"There is no passphrase ({Label}). Give one that is not empty.")
            {
                Reason = "passphrase-missing",
            };
        }

        return passphrase;
    }

    // The slot is not authenticated yet when its cost is used, so the cost is checked before the work is done.
    private static void RefuseOddCost(uint iterations, UnlockSlot slot)
    {
        if (iterations is >= PassphraseOptions.MinIterations and <= PassphraseOptions.MaxIterations)
            return;
        throw new SecretException(
            SecretErrorCode.Corrupted,
            $"The {slot} asks for {iterations} PBKDF2 iterations; accepted are {PassphraseOptions.MinIterations} to {PassphraseOptions.MaxIterations}. "
            + "The store was damaged or changed by somebody. Restore it from a backup, or open it with another slot.")
        {
            Reason = "slot-cost",
        };
    }

    // Half a second of work does not belong on the caller's thread.
    private static Task<SealingKey> DeriveAsync(SecretValue passphrase, byte[] parameters, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            byte[] bytes = passphrase.RevealBytes();
            byte[] derived = Rfc2898DeriveBytes.Pbkdf2(
                bytes, parameters.AsSpan(0, SaltLength), (int)IterationsOf(parameters), HashAlgorithmName.SHA512, SealingKey.Length);
            CryptographicOperations.ZeroMemory(bytes);
            SealingKey key = SealingKey.FromBytes(derived);
            CryptographicOperations.ZeroMemory(derived);
            return key;
        },
        cancellationToken);

    /// <summary>How many iterations take so long, between the bounds.</summary>
    /// <param name="target">How long.</param>
    /// <param name="probe">How long <see cref="ProbeIterations"/> took.</param>
    internal static int IterationsFor(TimeSpan target, TimeSpan probe)
    {
        // A clock too coarse for the probe says zero: then all that is known is that the machine is quick.
        double wanted = target / TimeSpan.FromTicks(Math.Max(probe.Ticks, 1)) * ProbeIterations;
        return (int)Math.Clamp(wanted, PassphraseOptions.MinIterations, PassphraseOptions.MaxIterations);
    }

    private int Calibrate() =>
        _options.TargetDuration <= TimeSpan.Zero ? PassphraseOptions.MinIterations : IterationsFor(_options.TargetDuration, _measure(ProbeIterations));

    private static TimeSpan Measure(int iterations)
    {
        byte[] probe = new byte[SaltLength];
        long started = Stopwatch.GetTimestamp();
        Rfc2898DeriveBytes.Pbkdf2(probe, probe, iterations, HashAlgorithmName.SHA512, SealingKey.Length);
        return Stopwatch.GetElapsedTime(started);
    }
}
