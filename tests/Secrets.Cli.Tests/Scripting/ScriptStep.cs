namespace Secrets.Cli.Tests.Scripting;

/// <summary>One command of a script, what goes into it and what must come out.</summary>
internal sealed class ScriptStep(int line, string command)
{
    public int Line => line;

    public string Command => command;

    public List<string> Input { get; } = [];

    public Queue<string>? Answers { get; set; }

    public List<string> Output { get; } = [];

    public List<string> Errors { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Whatever is said, the exit code has to be right.</summary>
    public bool IsOutputFree { get; set; }

    public int ExitCode { get; set; }
}
