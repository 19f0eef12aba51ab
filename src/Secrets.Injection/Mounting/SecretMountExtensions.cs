namespace Secrets;

/// <summary>Writes the files of a plan.</summary>
public static class SecretMountExtensions
{
    extension(InjectionPlan plan)
    {
        /// <summary>
        /// Writes the plan's files below a directory, and keeps them up to date until disposed. Files of secrets with a mount path of their own
        /// go there instead.
        /// </summary>
        /// <param name="directory">
        /// The directory that stands for <see cref="InjectionOptions.MountRoot"/>. Prefer one in memory: <c>$XDG_RUNTIME_DIR</c>, <c>/dev/shm</c>.
        /// </param>
        /// <param name="options">How; null for the defaults.</param>
        /// <param name="cancellationToken">Cancels the call; then nothing is left.</param>
        /// <returns>The mount; dispose it to remove the files.</returns>
        /// <exception cref="SecretException">
        /// As for <see cref="InjectionPlan.ThrowIfConflicting()"/>; <see cref="SecretErrorCode.AlreadyExists"/>: something that is not a mounted
        /// secret is in the way; <see cref="SecretErrorCode.InvalidArgument"/>: a link, a disk where memory is required, a file system without
        /// modes; <see cref="SecretErrorCode.Unavailable"/>: the disk; <see cref="SecretErrorCode.Denied"/>: the right to write there; <see cref="SecretErrorCode.Unsupported"/>: Windows.
        /// </exception>
        public ValueTask<SecretMount> MountAsync(string directory, SecretMountOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(plan);
            ArgumentException.ThrowIfNullOrEmpty(directory);
            return SecretMount.CreateAsync(plan, directory, options ?? new SecretMountOptions(), cancellationToken);
        }

        /// <summary>As the other one, with the default options.</summary>
        /// <param name="directory">The directory.</param>
        /// <param name="cancellationToken">Cancels the call.</param>
        /// <returns>The mount.</returns>
        /// <exception cref="SecretException">As for the other one.</exception>
        public ValueTask<SecretMount> MountAsync(string directory, CancellationToken cancellationToken) => plan.MountAsync(directory, null, cancellationToken);
    }
}
