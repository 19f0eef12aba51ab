namespace Secrets;

/// <summary>Modes and file names.</summary>
public static class SecretTemplateModeExtensions
{
    extension(SecretTemplateMode)
    {
        /// <summary>The mode that a file's name asks for.</summary>
        /// <param name="path">The file's name or path; an ending for a template (<c>.tmpl</c>, <c>.template</c>, <c>.tpl</c>) is passed over.</param>
        /// <returns>JSON for <c>.json</c>, YAML for <c>.yaml</c> and <c>.yml</c>, dotenv for <c>.env</c>, <c>.env.*</c> and <c>*.env</c>, else text.</returns>
        public static SecretTemplateMode ForFile(string path)
        {
            ArgumentNullException.ThrowIfNull(path);
            string name = Path.GetFileName(path).ToLowerInvariant();
            if (Path.GetExtension(name) is ".tmpl" or ".template" or ".tpl") name = Path.GetFileNameWithoutExtension(name);
            if (name == ".env" || name.StartsWith(".env.", StringComparison.Ordinal)) return SecretTemplateMode.Dotenv;
            return Path.GetExtension(name) switch
            {
                ".json" or ".jsonc" => SecretTemplateMode.Json,
                ".yaml" or ".yml" => SecretTemplateMode.Yaml,
                ".env" => SecretTemplateMode.Dotenv,
                _ => SecretTemplateMode.Text,
            };
        }
    }
}
