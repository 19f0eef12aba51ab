using System.Reflection;
using Secrets.Leaks.Probing;

namespace Secrets.Leaks;

/// <summary>Drives canaries through every path that is marked, and finds none of them anywhere.</summary>
[TestFixture]
[NonParallelizable]
public sealed class LeakTests
{
    private static IEnumerable<TestCaseData> Paths => typeof(LeakTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<LeakPathAttribute>() is not null)
        .OrderBy(method => $"{method.DeclaringType!.Name}.{method.Name}", StringComparer.Ordinal)
        .Select(method => new TestCaseData(method.CreateDelegate<Func<LeakProbe, Task>>()).SetArgDisplayNames($"{method.DeclaringType!.Name}.{method.Name}"));

    [TestCaseSource(nameof(Paths))]
    public async Task No_value_leaks_on_the_path(Func<LeakProbe, Task> path)
    {
        using LeakProbe probe = new();
        await path(probe);
        Assert.That(probe.CanaryCount, Is.Positive, "A path without a canary proves nothing.");
        Assert.That(probe.CaughtCount, Is.Positive, "A path on which nothing was caught proves nothing.");
        Assert.That(probe.Findings(), Is.Empty);
    }

    [Test]
    public void There_are_paths() => Assert.That(Paths.Count(), Is.GreaterThan(5));
}
