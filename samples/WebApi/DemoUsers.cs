using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace Secrets.Samples.WebApi;

/// <summary>
/// Signs in whoever says a name, so that the sample runs with nothing prepared. A real application signs its users in through its identity provider; all that
/// this library sees of either is the <see cref="ClaimsPrincipal"/>.
/// </summary>
internal static class DemoUsers
{
    public static void AddDemoUsers(this IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
    }

    public static void MapDemoUsers(this WebApplication app) => app.MapPost("/sign-in/{user}", (string user, string? role) =>
    {
        ClaimsIdentity identity = new([new Claim(ClaimTypes.NameIdentifier, user)], CookieAuthenticationDefaults.AuthenticationScheme);
        if (role is not null) identity.AddClaim(new Claim(ClaimTypes.Role, role));
        return Results.SignIn(new ClaimsPrincipal(identity));
    });
}
