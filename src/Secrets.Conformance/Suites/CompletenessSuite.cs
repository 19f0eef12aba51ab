using System.Reflection;
using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Fails when a suite was forgotten: every fixture of the test assembly runs every suite of this package, also those added later.</summary>
public abstract class CompletenessSuite
{
    /// <summary>The assembly that holds the backend's tests; by default the one that holds the derived class.</summary>
    protected virtual Assembly Tests => GetType().Assembly;

    [Test]
    public void Every_fixture_runs_every_suite()
    {
        Type[] fixtures = [.. Tests.GetTypes().Where(type => !type.IsAbstract && typeof(SecretStoreFixture).IsAssignableFrom(type))];
        Assert.That(fixtures, Is.Not.Empty, $"{Tests.GetName().Name} has no fixture.");
        IEnumerable<string> forgotten = from fixture in fixtures
                                        from suite in Suites()
                                        where !Tests.GetTypes().Any(type => Runs(type, suite, fixture))
                                        select $"{fixture.Name}: {suite.Name[..suite.Name.IndexOf('`', StringComparison.Ordinal)]}";
        Assert.That(forgotten, Is.Empty, "Derive a test class from each.");
    }

    private static IEnumerable<Type> Suites() => typeof(SecretStoreSuite<>).Assembly.GetTypes().Where(type =>
        type is { IsAbstract: true, IsGenericTypeDefinition: true } && type != typeof(SecretStoreSuite<>)
        && type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(SecretStoreSuite<>));

    private static bool Runs(Type type, Type suite, Type fixture)
    {
        if (type.IsAbstract) return false;
        // A generic test class runs for the fixtures that its [TestFixture(typeof(...))] attributes name.
        IEnumerable<Type> closed = type.IsGenericTypeDefinition
            ? type.GetCustomAttributes<TestFixtureAttribute>().SelectMany(attribute => attribute.Arguments).OfType<Type>().Select(argument => type.MakeGenericType(argument))
            : [type];
        return closed.Any(candidate => Parents(candidate).Any(parent => parent == suite.MakeGenericType(fixture)));
    }

    private static IEnumerable<Type> Parents(Type type)
    {
        for (Type? parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }
}
