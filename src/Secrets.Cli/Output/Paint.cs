using Secrets.Cli.Hosting;

namespace Secrets.Cli.Output;

/// <summary>Colour, where a person looks and wants it: on a terminal that can show it, and not with <c>NO_COLOR</c>.</summary>
internal sealed class Paint
{
    private readonly bool _isOn;

    private Paint(bool isOn) => _isOn = isOn;

    public static Paint None { get; } = new(false);

    /// <summary>Colour for a stream that is a terminal or is not.</summary>
    /// <remarks><c>NO_COLOR</c> counts when it is there and not empty (no-color.org); a terminal called dumb knows no colours.</remarks>
    public static Paint For(CommandEnvironment environment, bool isTerminal) =>
        new(isTerminal && string.IsNullOrEmpty(environment.Variable("NO_COLOR")) && environment.Variable("TERM") is not ("dumb" or "" or null));

    public string Heading(string text) => Wrap("1", text);

    public string Error(string text) => Wrap("1;31", text);

    public string Note(string text) => Wrap("33", text);

    private string Wrap(string code, string text) => _isOn && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
