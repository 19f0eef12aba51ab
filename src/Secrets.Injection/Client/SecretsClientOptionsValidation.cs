using Microsoft.Extensions.Options;

namespace Secrets;

internal sealed class SecretsClientOptionsValidation : IValidateOptions<SecretsClientOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsClientOptions options)
    {
        ValidateOptionsResultBuilder faults = new();
        if (options.Principal is null) faults.AddError("It takes a principal; use SecretPrincipal.Anonymous for nobody.", nameof(options.Principal));
        if (options.Scopes is null) faults.AddError("It takes a scope chain.", nameof(options.Scopes));
        if (options.Policy is null) faults.AddError("It takes a policy.", nameof(options.Policy));
        if (options.NameRule is null) faults.AddError("It takes a name rule.", nameof(options.NameRule));
        if (!Enum.IsDefined(options.LookupOrder)) faults.AddError("It is not one of the defined orders.", nameof(options.LookupOrder));
        if (!Enum.IsDefined(options.ExpiredSecrets)) faults.AddError("It is not one of the defined choices.", nameof(options.ExpiredSecrets));
        if (options.MaxUpdateAttempts is < 1 or > 100) faults.AddError("It takes 1 to 100.", nameof(options.MaxUpdateAttempts));
        return faults.Build();
    }
}
