using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Secrets;
using Secrets.Quickstart;

// Everything that this program makes is in one temporary directory, removed at the end. Every value in it is made up.
string directory = Directory.CreateTempSubdirectory("secrets-quickstart-").FullName;
string storePath = Path.Combine(directory, "app.secrets");
SecretMasker masker = new();
try
{
    await KeepAsync();
    await RunHostAsync();
    await FailValidationAsync();
    Console.WriteLine();
    Console.WriteLine("Done. The store and its key file are removed.");
}
finally
{
    Directory.Delete(directory, recursive: true);
}

// The rest of the sample, in the order in which it runs.

async Task KeepAsync()
{
    Title($"1. Keep: an encrypted file store, {storePath}");
    await using SecretsClient client = SecretsClient.Create(secrets => Open(secrets));

    await CreateAsync(client, "mlflow_secret", new() { ["username"] = "mlflow-user", ["password"] = "made-up p@ssword/1" });
    await CreateAsync(client, "openai_secret", new() { ["api_key"] = "not-a-real-openai-key", ["organization_id"] = "org-made-up" });
    await CreateAsync(client, "my_private_secret", new() { ["api_key"] = "only-for-ada" }, new() { Visibility = SecretVisibility.Private });
    await CreateAsync(client, "SERVING_TOKEN", new() { ["value"] = "token-of-the-team" });
    await CreateAsync(client, "SERVING_TOKEN", new() { ["value"] = "token-of-the-cluster" }, new() { Scope = SecretScope.Cluster("gpu-1") });
    await CreateAsync(client, "SERVING_TOKEN", new() { ["value"] = "token-of-the-project" }, new() { Scope = SecretScope.Project("churn") });

    byte[] file = await File.ReadAllBytesAsync(storePath);
    Console.WriteLine($"   the file has {file.Length} bytes; 'mlflow' is {(file.AsSpan().IndexOf("mlflow"u8) < 0 ? "nowhere" : "somewhere")} in it: names are sealed too");
}

async Task RunHostAsync()
{
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory, Args = args });
    builder.AddSecrets(secrets => Open(secrets)
        .WithScopes(project: "churn", cluster: "gpu-1")
        .Validate(SecretValidationLevel.SecretAndKeyExists));
    builder.Services.Configure<MlflowOptions>(builder.Configuration.GetSection("Mlflow"));
    builder.Services.Configure<OpenAiOptions>(builder.Configuration.GetSection("OpenAi"));
    builder.Services.Configure<ServingOptions>(builder.Configuration.GetSection("Serving"));
    using IHost host = builder.Build();
    await host.StartAsync();

    ISecretsClient client = host.Services.GetRequiredService<ISecretsClient>();
    await FindAsync(client);
    Refer(host.Services);
    await InjectAsync(client);
    await RotateAsync(host.Services, client);
    await host.StopAsync();
}

async Task FindAsync(ISecretsClient client)
{
    Title($"2. Find: three secrets are called SERVING_TOKEN; this host looks in {client.Scopes}");
    SecretExplanation why = await client.ExplainAsync("SERVING_TOKEN");
    foreach (SecretCandidate candidate in why.Candidates.Where(candidate => candidate.Outcome != SecretCandidateOutcome.Missing))
        Console.WriteLine($"   {candidate.Outcome,-9} {candidate.Address}");
}

void Refer(IServiceProvider services)
{
    Title("3. Refer: what appsettings.json says, and what options got (values masked)");
    MlflowOptions mlflow = services.GetRequiredService<IOptions<MlflowOptions>>().Value;
    OpenAiOptions openAi = services.GetRequiredService<IOptions<OpenAiOptions>>().Value;
    ServingOptions serving = services.GetRequiredService<IOptions<ServingOptions>>().Value;
    Bound("Mlflow:Uri", mlflow.Uri);
    Bound("Mlflow:Experiment", mlflow.Experiment);
    Bound("OpenAi:ApiKey", openAi.ApiKey);
    Bound("OpenAi:Organization", openAi.Organization);
    Bound("Serving:Token", serving.Token);
    Bound("Serving:Notes", serving.Notes);
    string view = ((IConfigurationRoot)services.GetRequiredService<IConfiguration>()).GetDebugView();
    Console.WriteLine($"   GetDebugView() shows {view.Split('\n').First(line => line.Contains("ApiKey", StringComparison.Ordinal)).Trim()}");
}

async Task InjectAsync(ISecretsClient client)
{
    Secret openAi = await client.GetSecretAsync("openai_secret");
    ProcessStartInfo start = OperatingSystem.IsWindows() ? new("cmd", ["/c", "set OPENAI_API_KEY"]) : new("env");
    start.RedirectStandardOutput = true;
    start.Environment.Clear();
    start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
    start.Environment["OPENAI_API_KEY"] = openAi["api_key"].RevealString();
    Title($"4. Inject: a child process, '{start.FileName}', prints what it received (masked on its way out)");
    using Process child = Process.Start(start)!;
    string printed = await child.StandardOutput.ReadToEndAsync();
    await child.WaitForExitAsync();
    foreach (string line in printed.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("OPENAI", StringComparison.Ordinal)))
        Console.WriteLine($"   {masker.Mask(line)}");
    Console.WriteLine($"   exit code {child.ExitCode}");
}

async Task RotateAsync(IServiceProvider services, ISecretsClient client)
{
    Title("5. Rotate: one secret gets a new password while the host runs");
    IOptionsMonitor<MlflowOptions> monitor = services.GetRequiredService<IOptionsMonitor<MlflowOptions>>();
    string? before = monitor.CurrentValue.Uri;
    TaskCompletionSource<string?> renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    using IDisposable? registration = monitor.OnChange(options => renewed.TrySetResult(options.Uri));

    SecretProperties rotated = await client.UpdateSecretAsync("mlflow_secret", update => update.Set("password", "made-up p@ssword/2"));
    masker.Add(await client.GetSecretAsync("mlflow_secret"));
    string? after = await renewed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    Console.WriteLine($"   mlflow_secret is at version {rotated.Version}");
    Console.WriteLine($"   IOptionsMonitor<MlflowOptions> saw it: {after != before}; its Uri ends in the new password: {after!.EndsWith("made-up%20p%40ssword%2F2@mlflow.internal", StringComparison.Ordinal)}");
}

async Task FailValidationAsync()
{
    Title("6. Check: a host whose configuration refers to what is not there does not start");
    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.Configuration.AddInMemoryCollection([
        new("Mlflow:Password", "{{mlflow_secret.pasword}}"),
        new("Wandb:ApiKey", "{{wandb_secret.api_key}}"),
        new("Serving:Token", "$<SERVING_TOKEN>"),
    ]);
    builder.AddSecrets(secrets => Open(secrets).WithScopes(project: "churn"));
    using IHost host = builder.Build();
    try
    {
        await host.StartAsync();
    }
    catch (SecretValidationException refused)
    {
        foreach (string line in refused.Report.ToString().Split('\n'))
            Console.WriteLine($"   {line.TrimEnd()}");
    }
}

ISecretsBuilder Open(ISecretsBuilder secrets) => secrets
    .UseEncryptedFile(storePath, options =>
    {
        options.CreateIfMissing = true;
        options.Unlock.Add(UnlockMethod.KeyFile(storePath + ".key"));
        options.Anchor = new FileRollbackAnchor(directory);
    })
    .ActAs("ada", SecretRole.Admin);

async Task CreateAsync(ISecretsClient client, string name, SecretValues values, CreateSecretOptions? options = null)
{
    SecretProperties created = await client.CreateSecretAsync(name, values, options);
    foreach ((string key, SecretValue value) in values)
        masker.Add($"{name}.{key}", value);
    Console.WriteLine($"   created {created.Address}: {string.Join(", ", values.Select(pair => $"{pair.Key}={pair.Value}"))}");
}

void Bound(string key, object? value) => Console.WriteLine($"   {key,-20} {masker.Mask($"{value}")}");

static void Title(string text)
{
    Console.WriteLine();
    Console.WriteLine(text);
}
