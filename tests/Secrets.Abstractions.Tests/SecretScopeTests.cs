namespace Secrets.Tests;

[TestFixture]
public sealed class SecretScopeTests
{
    [Test]
    public void The_default_is_team()
    {
        Assert.That(default(SecretScope), Is.EqualTo(SecretScope.Team));
        Assert.That(new SecretScope("team", ""), Is.EqualTo(SecretScope.Team));
        Assert.That(SecretScope.Parse("team"), Is.EqualTo(SecretScope.Team));
        Assert.That(SecretScope.Team.GetHashCode(), Is.EqualTo(new SecretScope("team", "").GetHashCode()));
        Assert.That((SecretScope.Team.Kind, SecretScope.Team.Id, SecretScope.Team.ToString()), Is.EqualTo(("team", "", "team")));
    }

    [TestCase("project:churn", "project", "churn")]
    [TestCase("cluster:gpu-1", "cluster", "gpu-1")]
    [TestCase("step:a:b", "step", "a:b")]
    [TestCase("stack", "stack", "")]
    [TestCase("project: spaced ", "project", " spaced ")]
    public void Text_goes_in_and_comes_out(string text, string kind, string id)
    {
        SecretScope scope = SecretScope.Parse(text);
        Assert.That((scope.Kind, scope.Id, scope.ToString()), Is.EqualTo((kind, id, text)));
        Assert.That(new SecretScope(kind, id), Is.EqualTo(scope));
    }

    [Test]
    public void Kind_and_id_are_taken_up_to_their_bounds()
    {
        Assert.That(new SecretScope(new string('k', 32), new string('i', 128)).Id, Has.Length.EqualTo(128));
        Assert.That(new SecretScope("k", "").Kind, Is.EqualTo("k"));
        Assert.That(new SecretScope("a-1", "\u00e9 /").Id, Is.EqualTo("\u00e9 /"));
    }

    [TestCase("")]
    [TestCase("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk")]
    [TestCase("Project")]
    [TestCase("1st")]
    [TestCase("-a")]
    [TestCase("a_b")]
    [TestCase("a b")]
    [TestCase("\u00e9")]
    public void A_kind_past_its_rule_is_refused(string kind) => AssertRefused(() => _ = new SecretScope(kind, "x"), "scope-kind");

    [TestCase("a\nb")]
    [TestCase("\0")]
    [TestCase("\u0085")]
    public void An_id_past_its_rule_is_refused(string id) => AssertRefused(() => _ = new SecretScope("project", id), "scope-id");

    [Test]
    public void An_id_with_half_a_surrogate_pair_is_refused() => AssertRefused(() => _ = new SecretScope("project", "\uD83D"), "scope-id");

    [Test]
    public void An_id_of_129_chars_is_refused() => AssertRefused(() => _ = new SecretScope("project", new string('i', 129)), "scope-id");

    [Test]
    public void Project_and_cluster_need_an_id()
    {
        AssertRefused(() => SecretScope.Project(""), "scope-id");
        AssertRefused(() => SecretScope.Cluster(""), "scope-id");
        AssertRefused(() => SecretScope.Parse("project:"), "scope-id");
    }

    private static void AssertRefused(Action act, string reason)
    {
        SecretException error = Assert.Throws<SecretException>(act);
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, reason)));
    }
}
