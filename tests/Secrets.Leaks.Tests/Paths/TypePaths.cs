using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>Typed secrets: files and pairs that hold values, well formed and not.</summary>
public static class TypePaths
{
    [LeakPath]
    public static async Task Drafts(LeakProbe probe)
    {
        // The files are the caller's own and hold the value in plain text, so they are not below the searched directory.
        using Testing.TemporaryDirectory own = new();
        probe.See(SecretTypes.Environment.FromPair($"TOKEN={probe.PlainCanary()}"));
        probe.See(SecretTypes.Mounted.FromFile(own.Write("token.txt", probe.Canary()), "token"));
        probe.See(SecretTypes.Docker.FromCredentials("docker", "ada", SecretValue.FromString(probe.Canary())));
        string s3 = own.Write("credentials", $"[default]\naws_access_key_id = {probe.PlainCanary()}\naws_secret_access_key = {probe.PlainCanary()}\n");
        SecretDraft draft = probe.See(SecretTypes.S3.FromFiles("s3", own.Write("config", "[default]\nregion = eu\n"), s3));
        probe.See(draft.Values);
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        probe.See(await client.CreateSecretAsync(draft));
    }

    [LeakPath]
    public static async Task Malformed_input(LeakProbe probe)
    {
        using Testing.TemporaryDirectory own = new();
        string canary = probe.Canary();
        await probe.FailsAsync(() => Task.FromResult(SecretTypes.Environment.FromPair($"1A={canary}")));
        await probe.FailsAsync(() => Task.FromResult(SecretTypes.Ssh.FromFile(own.Write("id", $"no key {canary}"), "id")));
        await probe.FailsAsync(() => Task.FromResult(SecretTypes.Gcp.FromFile("gcp", own.Write("gcp.json", $"{{\"private_key\": \"{canary}"))));
        await probe.FailsAsync(() => Task.FromResult(SecretTypes.Docker.FromConfigFile("docker", own.Write("config.json", $"{{\"auths\": {{\"x\": {{\"auth\": \"{probe.PlainCanary()}\"}}}}}}"))));
        await probe.FailsAsync(() => Task.FromResult(SecretTypes.S3.FromFiles("s3", own.Write("config", ""), own.Write("credentials", $"aws_secret_access_key {probe.PlainCanary()}"))));
        await probe.FailsAsync(() => Task.FromResult(SecretTypes.Oci.FromFiles("oci", own.Write("oci", $"key_file {probe.PlainCanary()}"), own.Write("key", probe.PlainCanary()))));
        await probe.FailsAsync(() => Task.FromResult(SecretInput.ParsePairs([$"={probe.PlainCanary()}"])));
        DotEnvFile file = DotEnvFile.Parse($"a-b={probe.PlainCanary()}\n {probe.PlainCanary()}\nA={probe.PlainCanary()}\n");
        probe.See(file.Warnings);
        probe.See(file);
    }
}
