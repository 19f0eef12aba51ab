namespace Secrets;

/// <summary>
/// What only the owner of a credential knows about rotating it: how to make the next one, and how to teach it to the system that it is for. The
/// steps around it are the client's (<see cref="SecretsClient.RotateSecretAsync"/>).
/// </summary>
/// <remarks>
/// A rotation that was cut off is taken up again with the same pending value, so that every step has to stand being done twice.
/// </remarks>
public interface ISecretRotator
{
    /// <summary>Makes the next value. Nothing is changed anywhere yet. Not called when a rotation is taken up again.</summary>
    /// <param name="current">The secret as it is.</param>
    /// <param name="cancellationToken">Cancels the rotation; it can be taken up again.</param>
    /// <returns>All pairs of the next version.</returns>
    ValueTask<SecretValues> GenerateAsync(Secret current, CancellationToken cancellationToken);

    /// <summary>Teaches the pending value to the system that it is for, such that the current one goes on working.</summary>
    /// <param name="current">The secret as it is.</param>
    /// <param name="pending">The next version, stored and not current yet.</param>
    /// <param name="cancellationToken">Cancels the rotation; it can be taken up again.</param>
    /// <returns>A task that ends when the system knows it.</returns>
    ValueTask SetAsync(Secret current, Secret pending, CancellationToken cancellationToken);

    /// <summary>Proves that the pending value works, by using it. It becomes current right after.</summary>
    /// <param name="current">The secret as it is.</param>
    /// <param name="pending">The next version.</param>
    /// <param name="cancellationToken">Cancels the rotation; it can be taken up again.</param>
    /// <returns>A task that ends when it is proved; it fails if it does not work.</returns>
    ValueTask TestAsync(Secret current, Secret pending, CancellationToken cancellationToken);

    /// <summary>Undoes <see cref="SetAsync"/> after it or <see cref="TestAsync"/> failed. The pending version is destroyed afterwards, where the store can. Does nothing unless overridden.</summary>
    /// <param name="current">The secret, which stays current.</param>
    /// <param name="pending">The version that failed.</param>
    /// <param name="cancellationToken">Not cancelled with the rotation.</param>
    /// <returns>A task that ends when it is undone.</returns>
    ValueTask RollBackAsync(Secret current, Secret pending, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
