namespace Secrets.Testing.FileWriter;

internal static class Reading
{
    internal static async Task<int> RunAsync(EncryptedFileOptions options, string names, TextWriter output)
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        await output.WriteLineAsync("open");
        SecretRead[] reads = [.. names.Split(',').SelectMany(name => Enumerable.Range(0, Writing.Names).Select(i => new SecretRead(SecretAddress.Public($"{name}-{i}"))))];
        Dictionary<SecretAddress, ulong> seen = [];
        long found = 0;
        for (long round = 0; ; round++)
        {
            foreach (SecretReadResult result in await store.ReadAsync(reads, default))
            {
                if (result.Status == SecretReadStatus.NotFound)
                    continue;
                if (Fault(result, seen) is { } fault)
                    await output.WriteLineAsync($"bad {fault}");
                found++;
            }

            if (round % 20 == 0)
                await output.WriteLineAsync($"read {found}");
            await Task.Delay(5);
        }
    }

    private static string? Fault(SecretReadResult result, Dictionary<SecretAddress, ulong> seen)
    {
        if (result.Status != SecretReadStatus.Found)
            return $"{result.Status} {result.Error?.Reason}";
        Secret secret = result.Secret!;
        long number = long.Parse(secret["number"].RevealString(), System.Globalization.CultureInfo.InvariantCulture);
        if (secret["value"].RevealString() != Writing.ValueOf(secret.Name, number))
            return $"{secret.Name} holds a value that nobody wrote";
        ulong version = VersionNumber.Parse(secret.Version);
        if (seen.TryGetValue(secret.Properties.Address, out ulong before) && version < before)
            return $"{secret.Name} went back from version {before} to {version}";
        seen[secret.Properties.Address] = version;
        return null;
    }
}
