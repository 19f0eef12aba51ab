using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Formats;

[TestFixture]
public sealed class DotEnvFileTests
{
    [TestCase("A=1", "1"), TestCase("export A=1", "1"), TestCase("A = 1", "1"), TestCase("A: 1", "1"), TestCase("A=", ""), TestCase("\uFEFFA=1", "1")]
    [TestCase("A=x=y", "x=y"), TestCase("A=a b ", "a b"), TestCase("A=a#b", "a"), TestCase("A=a # b", "a")]
    [TestCase("A='a # b' # c", "a # b"), TestCase("A=\"a # b\"#c", "a # b"), TestCase("A='$B'", "$B"), TestCase("A=\\$B", "$B")]
    [TestCase("A=\"a\\nb\"", "a\nb"), TestCase("A=\"a\\qb\"", "aqb"), TestCase("A=\"a\nb\"", "a\nb"), TestCase("A=\"a\\\"b\"", "a\"b"), TestCase("A=1\r\nB=2", "1")]
    [Behaviour("B37", "B38", "B39", "B41")]
    public void A_line_gives_its_value(string text, string expected)
    {
        DotEnvFile file = DotEnvFile.Parse(text);
        Assert.That(file.Values["A"].RevealString(), Is.EqualTo(expected));
        Assert.That(file.Warnings, Is.Empty);
    }

    [TestCase("A:1"), TestCase(" A=1"), TestCase("a-b=1"), TestCase("A"), TestCase("1A=1"), TestCase("A='x"), TestCase("A='x' y")]
    [Behaviour("B42")]
    public void A_bad_line_is_skipped_with_a_warning_that_does_not_repeat_it(string text)
    {
        string canary = Canary.Text();
        DotEnvFile file = DotEnvFile.Parse($"{text}{canary}\nB=2");
        Assert.That(file.Values.Keys, Is.EqualTo(new[] { "B" }));
        Assert.That(file.Warnings, Has.Count.EqualTo(1));
        Assert.That(file.Warnings[0], Does.StartWith("line 1:").And.Not.Contain(canary));
    }

    [Test, Behaviour("B40")]
    public void A_variable_is_an_earlier_key_and_the_environment_only_when_asked_for()
    {
        const string Text = "A=1\nB=$A-${A}-'$A'\nC=$SOMEWHERE\nA=2";
        DotEnvFile alone = DotEnvFile.Parse(Text);
        DotEnvFile with = DotEnvFile.Parse(Text, name => name == "SOMEWHERE" ? "else" : null);

        Assert.That(alone.Values["B"].RevealString(), Is.EqualTo("1-1-'1'"));
        Assert.That(alone.Values["A"].RevealString(), Is.EqualTo("2"), "the last of two wins");
        Assert.That(alone.Values["C"].RevealString(), Is.EqualTo("$SOMEWHERE"), "kept, not emptied");
        Assert.That(alone.Warnings.Single(), Does.Contain("line 3").And.Contain("SOMEWHERE"));
        Assert.That(with.Values["C"].RevealString(), Is.EqualTo("else"));
    }

    [Test]
    public void What_is_written_is_read_back_by_us_a_shell_and_python()
    {
        Dictionary<string, SecretValue> values = new()
        {
            ["PLAIN"] = "abc", ["EMPTY"] = "", ["SPACES"] = " a  b ", ["HASH"] = "a#b # c", ["QUOTES"] = "it's \"quoted\"", ["DOLLAR"] = "a$HOME${X}b`id`",
            ["LINES"] = "a\nb\n\nc", ["UNICODE"] = "é€\U0001F511", ["EQUALS"] = "a=b", ["BRACES"] = "{{not.a.reference}}",
        };
        string text = DotEnvFile.Format(values);
        using TemporaryDirectory directory = new();
        string path = Path.Combine(directory.Path, "test.env");
        File.WriteAllText(path, text);

        Assert.That(DotEnvFile.Parse(text).Values.Select(static p => (p.Key, p.Value.RevealString())), Is.EqualTo(values.Select(static p => (p.Key, p.Value.RevealString()))));
        foreach ((string key, SecretValue value) in values)
            Assert.That(Tool.Output("sh", "-c", $"set -a; . {path}; printf '%s.' \"${key}\""), Is.EqualTo(value.RevealString() + "."), key);
        Assume.That(Tool.Exists("python3") && Tool.Run("python3", ["-c", "import dotenv"]).ExitCode == 0, Is.True, "python-dotenv is not installed");
        foreach ((string key, SecretValue value) in values.Where(static p => p.Key != "DOLLAR"))
            Assert.That(Tool.Output("python3", "-c", $"import dotenv,sys; sys.stdout.write(dotenv.dotenv_values('{path}', interpolate=False)['{key}'])"), Is.EqualTo(value.RevealString()), key);
    }

    [Test]
    public void Ten_thousand_random_texts_neither_crash_nor_hang()
    {
        const string Alphabet = "A=$'\"#\\{}\n: x1_\r";
        Random random = new(20261121);
        for (int i = 0; i < 10_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            Assert.That(DotEnvFile.Parse(text).Values, Is.Not.Null, $"case {i}");
        }
    }
}
