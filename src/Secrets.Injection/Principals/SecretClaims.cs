using System.Security.Claims;

namespace Secrets;

/// <summary>A signed-in user as a principal of this library.</summary>
public static class SecretClaims
{
    private const string Subject = "sub";

    extension(ClaimsPrincipal user)
    {
        /// <summary>
        /// The user's id and roles. The id is the claim <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>; never a display name, which
        /// somebody else may have too. Roles are those of the identities' own role claims, by name.
        /// </summary>
        /// <param name="idClaim">Another claim that holds the id; null for the usual ones.</param>
        /// <returns>The principal; <see cref="SecretPrincipal.Anonymous"/> for a user who is not signed in or has no id.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>principal-id</c>): the claim is no id.</exception>
        public SecretPrincipal ToSecretPrincipal(string? idClaim = null)
        {
            ArgumentNullException.ThrowIfNull(user);
            // Only what was authenticated counts: a principal may carry identities that were not.
            ClaimsIdentity[] identities = [.. user.Identities.Where(identity => identity.IsAuthenticated)];
            Claim? id = idClaim is not null
                ? First(identities, idClaim)
                : First(identities, ClaimTypes.NameIdentifier) ?? First(identities, Subject);
            if (string.IsNullOrEmpty(id?.Value)) return SecretPrincipal.Anonymous;
            return new SecretPrincipal(id.Value, identities.SelectMany(identity => identity.FindAll(identity.RoleClaimType)).Select(role => new SecretRole(role.Value)));
        }
    }

    private static Claim? First(ClaimsIdentity[] identities, string type) =>
        identities.Select(identity => identity.FindFirst(type)).FirstOrDefault(claim => claim is not null);
}
