using System.Diagnostics;

namespace Secrets.Injection.Delivery.Parent;

/// <summary>Mounts a secret, changes it so that a file comes, one goes and two change, and dies by SIGKILL behind a given step.</summary>
internal static class MountCrash
{
    /// <param name="directory">Where to mount.</param>
    /// <param name="dieAfter">The number of the step, from 1; with 0 the steps are told, one a line.</param>
    internal static async Task<int> RunAsync(string directory, int dieAfter)
    {
        int steps = 0;
        SecretMountOptions options = new()
        {
            Follow = false,
            AfterStep = step =>
            {
                if (dieAfter == 0) Console.WriteLine(step);
                if (++steps == dieAfter) Process.GetCurrentProcess().Kill();
            },
        };
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("f", new() { ["user"] = "old", ["password"] = "old", ["gone"] = "old" }, new CreateSecretOptions { Type = "file" });
        await using SecretMount mount = await (await client.PlanInjectionAsync(["f"])).MountAsync(directory, options);
        await client.UpdateSecretAsync("f", static u => u.Set("user", "new").Set("password", "new").Set("more", "new").Remove("gone"));
        await client.RefreshSecretAsync(new SecretLookup("f"));
        await mount.UpdateAsync();
        return 0;
    }
}
