using Microsoft.Extensions.Configuration;
using Secrets.Injection.Tests.Hosting;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Configuration;

[TestFixture]
public sealed class DebugViewTests
{
    [Test]
    public void GetDebugView_shows_stars_and_everything_else_sees_the_value()
    {
        string canary = Canary.Text();
        TestHost host = new TestHost().Put("db", ("k", canary)).Set(("Db:Password", "a{{db.k}}b"), ("Db:User", "ada"), ("Db:Replica:Password", "{{db.k}}")).AddSecrets();
        Assert.That(host.Configuration["Db:Password"], Does.Contain(canary));

        string view = ((IConfigurationRoot)host.Configuration).GetDebugView();
        string chosen = ((IConfigurationRoot)host.Configuration).GetDebugView(context => $"<{context.Value}>");

        Assert.Multiple(() =>
        {
            Assert.That(view, Does.Not.Contain(canary).And.Contain("Password=*** (SecretReferences)").And.Contain("User=ada"));
            Assert.That(chosen, Does.Not.Contain(canary).And.Contain("<***>"));
            Assert.That(host.Configuration["Db:Password"], Does.Contain(canary), "the next read by name is no dump");
            Assert.That(host.Configuration.GetSection("Db").GetChildren().Select(child => child.Value).OfType<string>(), Has.Some.Contains(canary));
            Assert.That(host.Configuration.AsEnumerable().Select(pair => pair.Value).OfType<string>(), Has.Some.Contains(canary));
        });
    }

    [Test]
    public void GetDebugView_of_unresolved_references_fetches_nothing_and_throws_nothing()
    {
        TestHost host = new TestHost().Set(("Db:Password", "{{gone.k}}")).AddSecrets();

        string view = ((IConfigurationRoot)host.Configuration).GetDebugView();

        Assert.Multiple(() =>
        {
            Assert.That(view, Does.Contain("Password=***"));
            Assert.That(host.Store.Calls.Total, Is.Zero);
        });
    }
}
