namespace Secrets.Tests;

[TestFixture]
public sealed class SecretScopeChainTests
{
    [Test]
    public void The_default_is_project_then_cluster_then_team()
    {
        Assert.That(SecretScopeChain.Default("churn", "gpu-1"), Is.EqualTo(new[] { SecretScope.Project("churn"), SecretScope.Cluster("gpu-1"), SecretScope.Team }));
        Assert.That(SecretScopeChain.Default(cluster: "gpu-1"), Is.EqualTo(new[] { SecretScope.Cluster("gpu-1"), SecretScope.Team }));
        Assert.That(SecretScopeChain.Default(), Is.EqualTo(SecretScopeChain.Team));
    }

    [Test]
    public void Any_kinds_make_a_chain()
    {
        SecretScopeChain chain = new(new SecretScope("step", "train"), new SecretScope("pipeline", "nightly"), new SecretScope("stack", "gpu"), new SecretScope("component", "x"));
        Assert.That(chain.ToString(), Is.EqualTo("step:train > pipeline:nightly > stack:gpu > component:x"));
        Assert.That((chain.Count, chain[1].Kind), Is.EqualTo((4, "pipeline")));
    }

    [Test]
    public void Chains_compare_by_content_and_order()
    {
        SecretScopeChain one = SecretScopeChain.Default("a", "b"), same = SecretScopeChain.Default("a", "b");
        SecretScopeChain other = new(SecretScope.Team, SecretScope.Cluster("b"), SecretScope.Project("a"));
        Assert.That(one.Equals(same) && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode(), Is.True);
        Assert.That(one.Equals(other) || one.Equals(null), Is.False);
    }

    [Test]
    public void An_empty_chain_is_refused() => AssertRefused(() => _ = new SecretScopeChain([]), "at least one");

    [Test]
    public void A_scope_twice_is_refused_by_name() =>
        AssertRefused(() => _ = new SecretScopeChain(SecretScope.Team, SecretScope.Project("a"), new SecretScope("team", "")), "team");

    [Test]
    public void A_chain_is_not_changed_through_what_it_was_made_of()
    {
        SecretScope[] scopes = [SecretScope.Team];
        SecretScopeChain chain = new(scopes);
        scopes[0] = SecretScope.Project("a");
        Assert.That(chain[0], Is.EqualTo(SecretScope.Team));
    }

    [Test]
    public void Null_is_no_chain() => Assert.That(() => new SecretScopeChain((IEnumerable<SecretScope>)null!), Throws.ArgumentNullException);

    private static void AssertRefused(Action act, string says)
    {
        SecretException error = Assert.Throws<SecretException>(act);
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "scope-chain")));
        Assert.That(error.Message, Does.Contain(says));
    }
}
