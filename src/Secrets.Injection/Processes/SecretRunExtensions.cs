using System.Diagnostics;

namespace Secrets;

/// <summary>Runs processes with secrets.</summary>
public static class SecretRunExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>
        /// Runs a process with a plan's variables and files, its output masked, and waits for it. Signals reach it once; when it ends, or this
        /// process is killed, nothing is left behind.
        /// </summary>
        /// <param name="start">
        /// Program, arguments, directory, and variables besides. Not changed; its redirections are not used, see
        /// <see cref="SecretRunOptions.Output"/>. Values never go into arguments: every user of the machine can read those.
        /// </param>
        /// <param name="plan">The plan.</param>
        /// <param name="options">How; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the process: SIGTERM, and after <see cref="SecretRunOptions.StopTimeout"/> SIGKILL.</param>
        /// <returns>Its exit code; 128 and the number of the signal that ended it.</returns>
        /// <exception cref="SecretException">
        /// As for <see cref="InjectionPlan.ThrowIfConflicting()"/> and <see cref="SecretMountExtensions"/>; <see cref="SecretErrorCode.InvalidArgument"/>
        /// (<c>program</c>): it cannot be started.
        /// </exception>
        /// <exception cref="OperationCanceledException">Cancelled; the process has ended.</exception>
        public Task<int> RunAsync(ProcessStartInfo start, InjectionPlan plan, SecretRunOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(start);
            ArgumentNullException.ThrowIfNull(plan);
            return new SecretRun(start, plan, options ?? new SecretRunOptions()).RunAsync(cancellationToken);
        }

        /// <summary>As the other one, with the default options.</summary>
        /// <param name="start">Program, arguments, directory, and variables besides.</param>
        /// <param name="plan">The plan.</param>
        /// <param name="cancellationToken">Ends the process.</param>
        /// <returns>Its exit code.</returns>
        /// <exception cref="SecretException">As for the other one.</exception>
        public Task<int> RunAsync(ProcessStartInfo start, InjectionPlan plan, CancellationToken cancellationToken) => client.RunAsync(start, plan, null, cancellationToken);
    }
}
