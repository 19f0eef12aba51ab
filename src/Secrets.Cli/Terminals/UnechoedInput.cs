using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Secrets.Cli.Terminals;

/// <summary>Reads one line that nobody should see.</summary>
internal static class UnechoedInput
{
    /// <summary>The line without its end; null at the end of input.</summary>
    /// <param name="showPrompt">Called once nothing typed is shown any more: only then may a person be told to type.</param>
    public static SecretValue? ReadLine(Action showPrompt)
    {
        if (OperatingSystem.IsWindows())
        {
            showPrompt();
            return ReadKeys();
        }

        using SilencedEcho? silenced = SilencedEcho.Begin();
        showPrompt();
        return ReadBytes();
    }

    // Past Console, whose readers echo by themselves. The terminal edits the line: backspace and Ctrl-U work as everywhere.
    private static SecretValue? ReadBytes()
    {
        using SafeFileHandle handle = new(0, ownsHandle: false);
        using FileStream input = new(handle, FileAccess.Read, bufferSize: 0);
        List<byte> typed = [];
        int next;
        while ((next = input.ReadByte()) is not (-1 or '\n'))
            typed.Add((byte)next);
        if (next == -1 && typed.Count == 0)
            return null;
        Span<byte> bytes = CollectionsMarshal.AsSpan(typed);
        SecretValue value = SecretValue.FromBytes(bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes);
        bytes.Clear();
        return value;
    }

    private static SecretValue? ReadKeys()
    {
        StringBuilder typed = new();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key is ConsoleKey.Enter)
                break;
            if (key.Key is ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        SecretValue value = SecretValue.FromString(typed.ToString());
        typed.Clear();
        return value;
    }
}
