namespace Secrets;

/// <summary>Turns one attached secret into the variables and files that it exports.</summary>
internal sealed class SecretExpansion(SecretAttachment attachment, Secret secret, InjectionOptions options)
{
    private readonly SecretType? _type = TypeOf(secret, options);
    private string? _directory;

    internal List<VariableEntry> Variables { get; } = [];

    internal List<FileEntry> Files { get; } = [];

    internal SecretType? Type => _type;

    internal SecretStage Stage => attachment.Stage
        ?? (secret.Properties.Tags.TryGetValue(SecretInjectionTags.Stage, out string? tag) && Enum.TryParse(tag, ignoreCase: true, out SecretStage stage) ? stage : SecretStage.Runtime);

    private SecretDelivery Delivery => attachment.Delivery
        ?? (secret.Properties.Tags.TryGetValue(SecretInjectionTags.Delivery, out string? tag) && Enum.TryParse(tag, ignoreCase: true, out SecretDelivery delivery) ? delivery : SecretDelivery.ByType);

    private string Directory => _directory ??= FindDirectory();

    internal void Expand()
    {
        SecretDelivery delivery = Delivery;
        if (delivery == SecretDelivery.Files)
        {
            foreach (string key in secret.Keys) AddKeyFile(key);
        }
        else if (delivery == SecretDelivery.Variables || _type is null)
        {
            foreach (string key in secret.Keys) AddKeyVariable(key);
        }
        else
        {
            ExpandType(_type, full: delivery == SecretDelivery.Full);
        }
    }

    private static SecretType? TypeOf(Secret secret, InjectionOptions options)
    {
        if (secret.Properties.Type is null) return null;
        options.Types.Get(secret.Properties.Type);
        return options.Types.TypeOf(secret.Properties with { KeyNames = [.. secret.Keys] });
    }

    private void ExpandType(SecretType type, bool full)
    {
        foreach (SecretTypeKey key in type.Keys)
        {
            if (key.IsRequired && key.Default is null && type.Find(secret.Values, key) is null) throw Missing(type, key);
        }

        foreach (SecretTypeFile file in type.Files)
        {
            if ((file.OnRequest && !full) || type.Find(secret.Values, file.Key) is not { } value) continue;
            AddFile(file.Path, file.Mode, directory => file.Content?.Invoke(secret.Values, directory) ?? value);
        }

        foreach (SecretTypeVariable variable in type.Variables)
        {
            if (variable.OnRequest && !full) continue;
            if (variable.WhenKey is { } when && type.Find(secret.Values, when) is null) continue;
            if (variable.UnlessKey is { } unless && type.Find(secret.Values, unless) is not null) continue;
            string name = variable.Name.Replace("{NAME}", VariableNames.UpperPart(secret.Name), StringComparison.Ordinal);
            if (variable.Key is not null)
            {
                if (type.Find(secret.Values, variable.Key) is { } value) Variables.Add(Entry(name) with { Value = value, IsNamedByType = true });
            }
            else
            {
                Variables.Add(Entry(name) with { Directory = Directory, Format = variable.Format ?? $"{{{variable.File}}}", QuotePaths = variable.Format is not null, IsNamedByType = true });
            }
        }

        foreach (string key in secret.Keys.Where(key => !type.Keys.Any(k => k.Name == key || k.Aliases.Contains(key, StringComparer.Ordinal))))
        {
            if (type.OtherKeys == SecretKeyExport.Variable) AddKeyVariable(key);
            if (type.OtherKeys == SecretKeyExport.File) AddKeyFile(key);
        }
    }

    private void AddKeyVariable(string key)
    {
        bool single = secret.Keys.Count == 1;
        string name = single && attachment.Variable is { } given ? given
            : single && key == SecretProperties.SingleKey ? VariableNames.FromKey(secret.Name)
            : attachment.VariablePrefix + VariableNames.FromKey(key);
        VariableNames.Check(name);
        Variables.Add(Entry(name) with { Value = secret[key] });
    }

    private void AddKeyFile(string key)
    {
        string name = InjectionPaths.Step(key, $"The key '{key}' of {secret.Properties.Address}");
        string? sub = attachment.SubPaths.TryGetValue(key, out string? given) ? given : secret.Properties.Tags.GetValueOrDefault(SecretInjectionTags.SubPathPrefix + key);
        AddFile(string.IsNullOrEmpty(sub) ? name : $"{InjectionPaths.Relative(sub, "The sub path")}/{name}", UnixFileMode.UserRead, _ => secret[key]);
    }

    private void AddFile(string path, UnixFileMode mode, Func<string, SecretValue> content) =>
        Files.Add(new FileEntry(Directory, path, mode, content, Source, secret.Properties.Address));

    private VariableEntry Entry(string name) => new(name, Source) { Address = secret.Properties.Address, Level = attachment.Level };

    private string Source => $"the secret {secret.Properties.Address}";

    private string FindDirectory()
    {
        string? path = attachment.Path ?? secret.Properties.Tags.GetValueOrDefault(SecretInjectionTags.Path);
        string? home = options.BentoHome ?? Environment.GetEnvironmentVariable("BENTOML_HOME");
        bool bento = Delivery == SecretDelivery.Files || _type?.Id == SecretTypes.File.Id;
        if (path is not null && path.StartsWith(SecretAttachment.BentoHome, StringComparison.Ordinal))
        {
            if (string.IsNullOrEmpty(home))
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The path of {secret.Properties.Address} begins with $BENTOML_HOME, which is not set. Set it, or InjectionOptions.BentoHome.") { Reason = "bento-home" };
            return InjectionPaths.Confined(home, "." + path[SecretAttachment.BentoHome.Length..], "The path");
        }

        if (bento && !string.IsNullOrEmpty(home)) return InjectionPaths.Confined(home, path ?? ".", "The path");
        if (path is null) return InjectionPaths.Step(secret.Name, $"The name of {secret.Properties.Address}");
        return bento && !path.StartsWith('/') ? InjectionPaths.Relative(path, "The path") : InjectionPaths.Absolute(path, "The mount path");
    }

    private SecretException Missing(SecretType type, SecretTypeKey key) => new(
        SecretErrorCode.KeyNotFound,
        $"The secret {secret.Properties.Address} is of type {type.Id} and has no key '{key.Name}'. Its keys are: {string.Join(", ", secret.Keys)}.")
    {
        Address = secret.Properties.Address,
    };
}
