using System.Diagnostics;
using Secrets;
using Secrets.Injection.Delivery.Parent;

// Arguments: `mount`, a directory and a step; see MountCrash. Or: a directory to work in, and a shell script to run with the secrets `token` (a variable) and `file` (a file).
if (args[0] == "mount") return await MountCrash.RunAsync(args[1], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
await client.CreateSecretAsync("token", new() { ["TOKEN"] = "canary-not-a-real-token" });
await client.CreateSecretAsync(SecretTypes.Mounted.FromValue("file", "canary-not-a-real-file"));
InjectionPlan plan = await client.PlanInjectionAsync(["token", "file"]);
ProcessStartInfo start = new("sh") { WorkingDirectory = args[0] };
start.ArgumentList.Add("-c");
start.ArgumentList.Add(args[1]);
// Without masking the child has this process's own output: it ends when both have.
return await client.RunAsync(start, plan, new SecretRunOptions { Mask = false, Terminal = SecretTerminal.Never });
