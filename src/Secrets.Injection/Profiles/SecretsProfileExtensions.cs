namespace Secrets;

/// <summary>Has a client keep the rules of a platform.</summary>
public static class SecretsProfileExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>
        /// Names, keys, limits and verbs as a profile has them. Policies that are there still have to allow; scopes, principal and the
        /// syntaxes of templates (<see cref="SecretProfile.Syntaxes"/>) stay the host's to set.
        /// </summary>
        /// <param name="profile">The profile.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder UseProfile(SecretProfile profile)
        {
            ArgumentNullException.ThrowIfNull(profile);
            return builder.ConfigureClient(options => options.NameRule = new ProfileNameRule(profile)).AddPolicy(new ProfilePolicy(profile));
        }

        /// <summary>As <see cref="UseProfile(ISecretsBuilder, SecretProfile)"/>, by the profile's id.</summary>
        /// <param name="id"><c>mosaic</c>, <c>wandb</c>, <c>zenml</c>, <c>bento</c>, <c>paperspace</c>, <c>default</c>.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>profile</c>): there is none of that id.</exception>
        public ISecretsBuilder UseProfile(string id) => builder.UseProfile(SecretProfiles.Get(id));
    }
}
