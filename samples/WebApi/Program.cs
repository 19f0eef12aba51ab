using Microsoft.Extensions.Options;
using Secrets;
using Secrets.Samples.WebApi;

using DemoStore store = await DemoStore.CreateAsync();

#region host
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddSecrets(secrets => store.Open(secrets).ActAs(UserOfRequest));   // scopes and level come from the section "Secrets"
builder.Services.AddHttpContextAccessor();
builder.Services.Configure<MailOptions>(builder.Configuration.GetSection("Mail"));
builder.Services.AddSecretOptions<DbCredentials>("db");         // the keys of one secret, live
builder.Services.AddDemoUsers();                                // stands for a real sign-in
WebApplication app = builder.Build();
#endregion

app.UseAuthentication();
app.UseSecretErrors();
app.MapDemoUsers();
app.MapUserSecrets();

// What a request sees. SecretValue prints as ***; the connection string is plain text to whoever reads it, so only its shape is shown.
app.MapGet("/", (IOptionsMonitor<DbCredentials> db, IOptionsSnapshot<MailOptions> mail, IConfiguration configuration) => new
{
    Db = $"{db.CurrentValue.User}:{db.CurrentValue.Password}@orders.internal:{db.CurrentValue.Port}",
    Mail = $"{mail.Value.Endpoint} as {mail.Value.Sender} with {mail.Value.ApiKey}",
    ConnectionStringHasPassword = configuration.GetConnectionString("Orders")!.Contains(db.CurrentValue.Password.RevealString(), StringComparison.Ordinal),
});

// Rotates the password, if whoever asks is an admin. The next request uses it, through options and through configuration, without a restart.
app.MapPost("/rotate/{password}", async (string password, ISecretsClient client, CancellationToken cancellationToken) =>
{
    SecretProperties rotated = await client.UpdateSecretAsync("db", update => update.Set("password", password), cancellationToken);
    return new { Version = rotated.Version.Value };
});

// Whether this process has taken a password over; a real application has no such endpoint.
app.MapGet("/uses/{password}", (string password, IOptionsMonitor<DbCredentials> db, IConfiguration configuration) => new
{
    Options = db.CurrentValue.Password == SecretValue.FromString(password),
    Configuration = configuration.GetConnectionString("Orders")!.Contains(password, StringComparison.Ordinal),
});

app.MapGet("/explain/{name}", async (string name, ISecretsClient client, CancellationToken cancellationToken) =>
    (await client.ExplainAsync(name, cancellationToken)).ToString());

app.MapGet("/debug-view", (IConfiguration configuration) => ((IConfigurationRoot)configuration).GetDebugView());

await app.RunAsync();

#region principal
// Asked at every call of ISecretsClient. Whoever is not signed in is nobody: no private secrets, no rights to change public ones.
static SecretPrincipal? UserOfRequest(IServiceProvider services) =>
    services.GetRequiredService<IHttpContextAccessor>().HttpContext?.User.ToSecretPrincipal();
#endregion
