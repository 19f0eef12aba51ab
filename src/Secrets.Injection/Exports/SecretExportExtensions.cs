namespace Secrets;

/// <summary>Writes what a plan exports in the forms of other worlds.</summary>
public static class SecretExportExtensions
{
    extension(InjectionPlan plan)
    {
        /// <summary>The plan's variables, and for Kubernetes its files, as text.</summary>
        /// <param name="format">The form.</param>
        /// <param name="name">The name of the Kubernetes secret; not used otherwise. Default <c>secrets</c>.</param>
        /// <returns>The text, as a value: it holds plaintext, and must be revealed to be written.</returns>
        /// <exception cref="SecretException">
        /// As for <see cref="InjectionPlan.ThrowIfConflicting()"/>; <see cref="SecretErrorCode.InvalidArgument"/>: the form cannot hold a name.
        /// </exception>
        public SecretValue Export(SecretExportFormat format, string name = "secrets")
        {
            ArgumentNullException.ThrowIfNull(plan);
            SecretValues variables = plan.GetVariables();
            return format switch
            {
                SecretExportFormat.DotEnv => DotEnvFile.Format(variables),
                SecretExportFormat.Shell => VariableText.Shell(variables),
                SecretExportFormat.Json => VariableText.Json(variables),
                SecretExportFormat.Yaml => VariableText.Yaml(variables),
                SecretExportFormat.KubernetesSecret => KubernetesSecretManifest.Write(plan, name),
                SecretExportFormat.GitHubActionsMasks => GitHubActionsText.Masks(plan.Content.Secrets),
                SecretExportFormat.GitHubActionsEnvironment => GitHubActionsText.EnvironmentFile(variables),
                _ => throw new ArgumentOutOfRangeException(nameof(format)),
            };
        }

        /// <summary>
        /// Writes one file per variable and file of the plan, as systemd's <c>$CREDENTIALS_DIRECTORY</c> has them and <c>LoadCredential=</c> takes a
        /// directory: mode 0400, directory 0700.
        /// </summary>
        /// <param name="directory">A directory that does not exist yet, or is empty.</param>
        /// <returns>The names of the credentials, sorted.</returns>
        /// <exception cref="SecretException">
        /// As for <see cref="InjectionPlan.ThrowIfConflicting()"/>; <see cref="SecretErrorCode.AlreadyExists"/>: the directory is not empty;
        /// <see cref="SecretErrorCode.InvalidArgument"/>: two files get the same name; <see cref="SecretErrorCode.Unavailable"/>,
        /// <see cref="SecretErrorCode.Denied"/>: the file system refuses (<c>disk-full</c>, <c>read-only</c>, <c>access-denied</c>, ...), and what was written before
        /// is removed.
        /// </exception>
        public IReadOnlyList<string> WriteCredentialsDirectory(string directory) => CredentialsDirectory.Write(plan, directory);

        /// <summary>
        /// Writes the files of <see cref="WriteCredentialsDirectory"/>, and gives the part of a Compose file that makes them Docker secrets, which
        /// a service finds below <c>/run/secrets</c>.
        /// </summary>
        /// <param name="directory">A directory that does not exist yet, or is empty.</param>
        /// <returns>YAML: the top-level element <c>secrets</c>. It holds paths, no values.</returns>
        /// <exception cref="SecretException">As for <see cref="WriteCredentialsDirectory"/>.</exception>
        public string WriteComposeSecrets(string directory) => CredentialsDirectory.ComposeFragment(directory, CredentialsDirectory.Write(plan, directory));

        /// <summary>
        /// The arguments of <c>docker build</c> and of <c>RUN</c> that give build-stage variables to one step and leave them in no layer. Plan it with
        /// <see cref="InjectionOptions.Stage"/> <see cref="SecretStage.Build"/>, and set the variables for <c>docker</c> itself
        /// (<see cref="InjectionPlan.ApplyTo"/>).
        /// </summary>
        /// <returns>The arguments. They hold names, no values.</returns>
        /// <exception cref="SecretException">
        /// As for <see cref="InjectionPlan.ThrowIfConflicting()"/>; <see cref="SecretErrorCode.Unsupported"/> (<c>no-buildkit</c>): <c>DOCKER_BUILDKIT=0</c>, and the
        /// old builder would need the values in a layer.
        /// </exception>
        public DockerBuildSecrets ToDockerBuild() => DockerBuildSecrets.Of(plan);
    }
}
