using Microsoft.Extensions.Options;

namespace Secrets;

internal sealed class SecretCacheOptionsValidation : IValidateOptions<SecretCacheOptions>
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, SecretCacheOptions options)
    {
        ValidateOptionsResultBuilder faults = new();
        Check(faults, options.Freshness, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), "It takes 1 second to 24 hours.", nameof(options.Freshness));
        Check(faults, options.NegativeFreshness, TimeSpan.Zero, TimeSpan.FromMinutes(5), "It takes 0 to 5 minutes.", nameof(options.NegativeFreshness));
        Check(faults, options.MaxStale, TimeSpan.Zero, Week, "It takes 0 to 7 days.", nameof(options.MaxStale));
        Check(faults, options.RotationGrace, TimeSpan.Zero, Week, "It takes 0 to 7 days.", nameof(options.RotationGrace));
        Check(faults, options.StoreTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "It takes 1 second to 10 minutes.", nameof(options.StoreTimeout));
        return faults.Build();
    }

    private static void Check(ValidateOptionsResultBuilder faults, TimeSpan value, TimeSpan min, TimeSpan max, string rule, string property)
    {
        if (value < min || value > max) faults.AddError(rule, property);
    }
}
