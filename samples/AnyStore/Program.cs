using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Secrets;

// One application, four stores, one difference: the setting Secrets:Store. DOTNET_ENVIRONMENT=Aws, Azure or Google takes
// appsettings.Aws.json and so on; without it, the embedded file. Nothing in this file knows which one it is.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddSecrets();
using IHost host = builder.Build();
try
{
    // References are checked here, before anything else runs.
    await host.StartAsync();
}
catch (SecretException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}

IConfiguration configuration = host.Services.GetRequiredService<IConfiguration>();
Secret mlflow = await host.Services.GetRequiredService<ISecretsClient>().GetSecretAsync("mlflow-secret");
SecretMasker masker = new();
masker.Add(mlflow);
Console.WriteLine($"store   {configuration["Secrets:Store"]}");
Console.WriteLine($"secret  {mlflow.Name}: {string.Join(", ", mlflow.Keys)}");
Console.WriteLine($"option  Mlflow:Uri = {masker.Mask(configuration["Mlflow:Uri"]!)}");
await host.StopAsync();
return 0;
