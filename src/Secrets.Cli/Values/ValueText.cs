using Secrets.Cli.Hosting;

namespace Secrets.Cli.Values;

/// <summary>
/// The right side of <c>key=value</c>: <c>@path</c> is the file's bytes as they are, <c>@@text</c> is text that begins with @, <c>-</c> is standard input
/// without its last line break, everything else is the value itself.
/// </summary>
internal sealed class ValueText(CommandCall call)
{
    private bool _inputIsTaken;
    private bool _warned;

    public SecretValue Read(string key, string text)
    {
        if (text == "-")
            return ReadInput(key);
        if (text.StartsWith("@@", StringComparison.Ordinal))
            return Typed(text[1..]);
        return text.StartsWith('@') ? ReadFile(key, text[1..]) : Typed(text);
    }

    /// <summary>Standard input; a text loses its one last line break, because <c>echo</c> adds one that nobody meant.</summary>
    public SecretValue ReadInput(string key)
    {
        if (_inputIsTaken)
            throw new UsageException($"The key '{key}' asks for standard input, and another key has taken it. Use @path for one of them.");
        _inputIsTaken = true;
        using Stream input = call.Terminal.OpenInput();
        using MemoryStream copy = new();
        input.CopyTo(copy);
        ReadOnlySpan<byte> bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        if (bytes.EndsWith("\r\n"u8))
            bytes = bytes[..^2];
        else if (bytes.EndsWith("\n"u8))
            bytes = bytes[..^1];
        SecretValue value = SecretValue.FromBytes(bytes);
        copy.GetBuffer().AsSpan().Clear();
        return value;
    }

    private SecretValue ReadFile(string key, string path)
    {
        string full = call.Environment.FullPath(path);
        if (Directory.Exists(full))
            throw new UsageException($"The value of '{key}' is to come from {path}, which is a directory. Name a file.");
        if (!File.Exists(full))
            throw new UsageException($"The value of '{key}' is to come from {path}, and there is no such file. For a text that begins with @, write @@.");
        byte[] bytes = File.ReadAllBytes(full);
        SecretValue value = SecretValue.FromBytes(bytes);
        bytes.AsSpan().Clear();
        return value;
    }

    private SecretValue Typed(string text)
    {
        if (!_warned && text.Length > 0)
        {
            _warned = true;
            call.Note("a value on the command line stays in the shell's history and in process lists. Better: key=@file, key=- (standard input), or --prompt key.");
        }

        return SecretValue.FromString(text);
    }
}
