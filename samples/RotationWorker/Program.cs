using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Secrets;
using Secrets.Samples.RotationWorker;

// A worker logs in all the time while the password of its database is rotated five times, over a store in a temporary directory.
const int Rotations = 5;
DirectoryInfo directory = Directory.CreateTempSubdirectory("secrets-rotation-");
try
{
    SecretValue first = "made-up password 0";
    await using (SecretsClient setup = SecretsClient.Create(secrets => Open(secrets)))
        await setup.CreateSecretAsync("db", new() { ["user"] = "worker", ["password"] = first });

    #region host
    HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
    builder.AddSecrets(secrets => Open(secrets));
    builder.Services.AddSecretOptions<DbCredentials>("db");        // checked before the host starts, live after
    builder.Services.AddSingleton<Worker>();
    builder.Services.AddHostedService(services => services.GetRequiredService<Worker>());
    #endregion
    builder.Services.AddSingleton(new FakeDatabase(first));
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    using IHost host = builder.Build();
    await host.StartAsync();

    for (int rotation = 1; rotation <= Rotations; rotation++)
        await RotateAsync(host.Services, $"made-up password {rotation}");

    await host.StopAsync();
    Worker worker = host.Services.GetRequiredService<Worker>();
    Console.WriteLine($"{Rotations} rotations, {(worker.Accepted > 0 ? "many" : "no")} logins accepted, {worker.Refused} refused, no restart.");
    return worker.Refused;
}
finally
{
    directory.Delete(recursive: true);
}

// In the order that never locks anybody out: the database learns the new password, then the store, then the old one ends.
static async Task RotateAsync(IServiceProvider services, SecretValue next)
{
    FakeDatabase database = services.GetRequiredService<FakeDatabase>();
    IOptionsMonitor<DbCredentials> monitor = services.GetRequiredService<IOptionsMonitor<DbCredentials>>();
    TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    using IDisposable? registration = monitor.OnChange(credentials =>
    {
        if (credentials.Password == next) taken.TrySetResult();
    });

    database.ChangePassword(next);
    SecretProperties stored = await services.GetRequiredService<ISecretsClient>().UpdateSecretAsync("db", update => update.Set("password", next));
    await taken.Task.WaitAsync(TimeSpan.FromSeconds(30));
    database.EndOverlap();
    Console.WriteLine($"version {stored.Version}: the worker uses password {next}");
}

ISecretsBuilder Open(ISecretsBuilder secrets)
{
    string path = Path.Combine(directory.FullName, "app.secrets");
    return secrets.UseEncryptedFile(path, options =>
    {
        options.CreateIfMissing = true;
        options.Unlock.Add(UnlockMethod.KeyFile(path + ".key"));
        options.Anchor = new FileRollbackAnchor(directory.FullName);
    });
}
