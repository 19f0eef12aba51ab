using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// Ends a child, and removes its files, if this process is killed. A small shell, started before the child, waits on a pipe whose other end only
/// this process has: the kernel closes it whatever this process dies of. The kernel's own "parent has died" signal is not used: it can only be
/// asked for between fork and exec, where no managed code may run, and it follows the thread that started the child, not the process.
/// </summary>
internal sealed class Lifeline : IDisposable
{
    /// <summary>A variable of the child with a random value, by which the shell finds it if this process is killed before it can name it.</summary>
    internal const string MarkVariable = "SECRETS_RUN_ID";

    private const string Shell = "/bin/sh";

    // Each line is the child's number; "end" means that all is well. The end of the pipe without it means that nobody is there to write it.
    private const string Script =
        """
        exec >/dev/null 2>&1
        trap '' INT QUIT HUP TERM PIPE
        child=
        while read -r line; do
          [ "$line" = end ] && exit
          child=$line
        done
        if [ -n "$child" ]; then
          kill -TERM "$child"
          sleep 1
          kill -KILL "$child"
        else
          sleep 1
          for file in /proc/[0-9]*/environ; do
            grep -qz "^$1=$2\$" "$file" || continue
            number=${file#/proc/}
            kill -KILL "${number%/environ}"
          done
        fi
        [ -z "$3" ] || rm -rf -- "$3"
        """;

    private readonly Process _shell;

    private Lifeline(Process shell, string mark)
    {
        _shell = shell;
        Mark = mark;
    }

    internal string Mark { get; }

    internal static Lifeline? Start(string? privateDirectory)
    {
        if (OperatingSystem.IsWindows()) return null;
        string mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
        ProcessStartInfo start = new(Shell) { RedirectStandardInput = true };
        foreach (string argument in (string[])["-c", Script, "secrets-lifeline", MarkVariable, mark, privateDirectory ?? ""]) start.ArgumentList.Add(argument);
        // The shell must not have the secrets, nor a variable that changes what it does.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        try
        {
            return new Lifeline(Process.Start(start)!, mark);
        }
        catch (Win32Exception e)
        {
            throw new SecretException(SecretErrorCode.Unsupported, $"{Shell} cannot be started, and without it the process would outlive this one if this one is killed. Install it, or set SecretRunOptions.DieWithParent to false.", e) { Reason = "no-shell" };
        }
    }

    /// <summary>From now on the child ends with this process. On a terminal of its own it leads a session, and everything in that ends.</summary>
    internal void Hold(ChildProcess child) => Say((child.HasTerminal ? -child.Id : child.Id).ToString(CultureInfo.InvariantCulture));

    /// <summary>There is no child now: its number may be somebody else's soon.</summary>
    internal void LetGo() => Say("");

    public void Dispose()
    {
        Say("end");
        _shell.StandardInput.BaseStream.Dispose();
        _shell.Dispose();
    }

    private void Say(string line)
    {
        try
        {
            _shell.StandardInput.Write(line + "\n");
            _shell.StandardInput.Flush();
        }
        catch (IOException)
        {
            // Somebody ended the shell. The child still ends with this process in the ordinary way.
        }
    }
}
