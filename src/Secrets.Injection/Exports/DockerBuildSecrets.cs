namespace Secrets;

/// <summary>What makes build-stage variables of a plan Docker build secrets. Names only.</summary>
/// <param name="BuildArguments">For <c>docker build</c>: <c>--secret</c> and <c>id=NAME,env=NAME</c> for each variable.</param>
/// <param name="MountFlags">For <c>RUN</c> in the Dockerfile: <c>--mount=type=secret,id=NAME</c> for each variable.</param>
public sealed record DockerBuildSecrets(IReadOnlyList<string> BuildArguments, IReadOnlyList<string> MountFlags)
{
    internal static DockerBuildSecrets Of(InjectionPlan plan)
    {
        plan.ThrowIfConflicting();
        if (Environment.GetEnvironmentVariable("DOCKER_BUILDKIT") == "0")
            throw new SecretException(SecretErrorCode.Unsupported, "DOCKER_BUILDKIT=0 switches BuildKit off, and without it a build secret would stay in a layer of the image. Unset it.") { Reason = "no-buildkit" };
        string[] names = [.. plan.Content.Variables.Where(static variable => variable.Value is not null).Select(static variable => variable.Name)];
        return new DockerBuildSecrets([.. names.SelectMany(static name => (string[])["--secret", $"id={name},env={name}"])], [.. names.Select(static name => $"--mount=type=secret,id={name}")]);
    }
}
