using System.Globalization;

namespace Secrets.Cli.Values;

/// <summary>A span of time as people type it: a whole number and a unit, <c>30d</c>, <c>12h</c>, <c>45m</c>, <c>90s</c>.</summary>
internal static class DurationText
{
    private static readonly (char Letter, TimeSpan Unit)[] Units =
        [('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach ((char letter, TimeSpan unit) in Units)
        {
            if (!text.EndsWith(letter)
                || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || count > TimeSpan.MaxValue.Ticks / unit.Ticks)
                continue;
            duration = unit * count;
            return true;
        }

        return false;
    }

    /// <summary>In the largest unit that gives a whole number, else in seconds.</summary>
    public static string Of(TimeSpan duration)
    {
        foreach ((char letter, TimeSpan unit) in Units)
        {
            if (duration.Ticks % unit.Ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / unit.Ticks}{letter}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s");
    }
}
