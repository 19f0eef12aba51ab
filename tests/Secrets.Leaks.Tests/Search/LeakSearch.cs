using System.Text;

namespace Secrets.Leaks.Search;

/// <summary>Looks for a set of values, in every form, in whatever was caught. A finding never repeats the value.</summary>
public sealed class LeakSearch
{
    private readonly List<(string Canary, LeakForm Form)> _forms = [];

    /// <summary>Adds a value to look for.</summary>
    /// <param name="label">What findings call it.</param>
    /// <param name="text">The value.</param>
    public void Add(string label, string text) => _forms.AddRange(LeakForms.Of(text).Select(form => (label, form)));

    /// <summary>Adds bytes to look for.</summary>
    /// <param name="label">What findings call them.</param>
    /// <param name="bytes">The value.</param>
    public void Add(string label, byte[] bytes) => _forms.AddRange(LeakForms.OfBytes(bytes).Select(form => (label, form)));

    /// <summary>Looks through text.</summary>
    /// <param name="place">Where it was caught.</param>
    /// <param name="text">The text.</param>
    /// <returns>One line for each value found: which, where, in which form.</returns>
    public IEnumerable<string> In(string place, string text) => In(place, Encoding.UTF8.GetBytes(text));

    /// <summary>Looks through bytes.</summary>
    /// <param name="place">Where they were caught.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>One line for each value found.</returns>
    public IEnumerable<string> In(string place, byte[] bytes) => _forms
        .Where(form => bytes.AsSpan().IndexOf(form.Form.Bytes) >= 0)
        .GroupBy(form => form.Canary)
        .Select(found => $"{found.Key} is in {place} ({string.Join("; ", found.Select(form => form.Form.Name).Take(3))})");
}
