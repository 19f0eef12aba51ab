namespace Secrets.Conformance;

/// <summary>
/// What a backend author writes: how to make a fresh store, and how the backend differs where no capability says it. The suites make one
/// fixture for each test.
/// </summary>
/// <remarks>It needs a constructor without parameters. A server that is slow to start belongs in a static field, shared by all fixtures.</remarks>
public abstract class SecretStoreFixture : IAsyncDisposable
{
    /// <summary>What <see cref="ConformanceFault.Throttled"/> asks callers to wait.</summary>
    public static TimeSpan ThrottledFor { get; } = TimeSpan.FromSeconds(7);

    /// <summary>The faults that <see cref="ProvokeAsync"/> can provoke. Default none: give as many as the backend allows.</summary>
    public virtual IReadOnlyCollection<ConformanceFault> Faults => [];

    /// <summary>Whether <see cref="OpenAgainAsync"/> works. Default false.</summary>
    public virtual bool OpensAgain => false;

    /// <summary>
    /// Whether the name of a deleted secret stays taken until it is recovered or purged. Default false. Matters only with
    /// <see cref="SecretStoreFeatures.SoftDelete"/>.
    /// </summary>
    public virtual bool KeepsDeletedNamesTaken => false;

    /// <summary>How many secrets the paging test makes. Default 1,050, to be past the largest page that backends give.</summary>
    public virtual int ManySecrets => 1_050;

    /// <summary>How long one test may take before it is cancelled. Default two minutes.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromMinutes(2);

    /// <summary>Makes a store that is empty. Called once for each test; the suite disposes it.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The store.</returns>
    public abstract ValueTask<ISecretStore> CreateStoreAsync(CancellationToken cancellationToken);

    /// <summary>Another store over the same data, as another process would have. The suite disposes it.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The store.</returns>
    /// <exception cref="NotSupportedException"><see cref="OpensAgain"/> is false.</exception>
    public virtual ValueTask<ISecretStore> OpenAgainAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("Override OpenAgainAsync together with OpensAgain.");

    /// <summary>Whether the backend can hold a secret at an address at all. Default true: most can, whatever the scope and owner.</summary>
    /// <param name="address">The address.</param>
    /// <returns>False if the store can only ever answer that it is missing.</returns>
    public virtual bool Holds(SecretAddress address) => true;

    /// <summary>
    /// Puts a secret into the backend as somebody else would. By default through the store; a store that cannot write needs its own way.
    /// </summary>
    /// <param name="store">The store under test.</param>
    /// <param name="address">Where.</param>
    /// <param name="values">All pairs.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that ends when it is there.</returns>
    public virtual async ValueTask PutAsync(ISecretStore store, SecretAddress address, SecretValues values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        await store.WriteAsync(new SecretWrite(new SecretProperties(address, default), values), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the backend fail.</summary>
    /// <param name="store">The store under test.</param>
    /// <param name="fault">How; one of <see cref="Faults"/>.</param>
    /// <param name="address">The secret that it is about; a fault of the whole backend may ignore it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Dispose to let the backend work again.</returns>
    /// <exception cref="NotSupportedException">The fault is not one of <see cref="Faults"/>.</exception>
    public virtual ValueTask<IAsyncDisposable> ProvokeAsync(ISecretStore store, ConformanceFault fault, SecretAddress address, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Override ProvokeAsync together with Faults: {fault} is declared, and nothing provokes it.");

    /// <summary>Releases what the fixture holds, after each test. The default holds nothing.</summary>
    /// <returns>A task that ends when it is released.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
