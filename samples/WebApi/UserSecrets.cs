namespace Secrets.Samples.WebApi;

/// <summary>Each user's own secrets: nobody else reads, lists or deletes one, whatever their role, or can tell that it is there.</summary>
internal static class UserSecrets
{
    public static void MapUserSecrets(this WebApplication app)
    {
        // The value is the request's body: a path or a query is written to logs.
        app.MapPut("/mine/{name}", async (string name, HttpRequest request, ISecretsClient client, CancellationToken cancellationToken) =>
        {
            using StreamReader body = new(request.Body);
            string value = await body.ReadToEndAsync(cancellationToken);
            SecretProperties kept = await client.CreateSecretAsync(
                name, new() { ["value"] = value }, new() { Visibility = SecretVisibility.Private, Overwrite = true }, cancellationToken);
            return new { kept.Name, Version = kept.Version.Value };
        });

        app.MapGet("/secrets/{name}", async (string name, ISecretsClient client, CancellationToken cancellationToken) =>
        {
            Secret secret = await client.GetSecretAsync(name, cancellationToken);
            return new { secret.Name, Visibility = secret.Properties.Visibility.ToString(), secret.Keys };
        });

        app.MapGet("/secrets", (ISecretsClient client, CancellationToken cancellationToken) => client.ListSecretsAsync(null, cancellationToken).Select(secret => secret.Name));

        app.MapDelete("/secrets/{name}", async (string name, ISecretsClient client, CancellationToken cancellationToken) =>
        {
            await client.DeleteSecretAsync(name, cancellationToken);
            return Results.NoContent();
        });
    }
}
