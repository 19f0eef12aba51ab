namespace Secrets.Injection.Tests.Rotation;

[TestFixture]
internal sealed class PasswordTests
{
    [Test]
    public void Passwords_follow_their_policy()
    {
        SecretPasswordPolicy policy = new() { Length = 12, Symbols = "!#", Excluded = "Il1O0" };
        for (int i = 0; i < 2_000; i++)
        {
            string password = SecretPassword.Generate(policy).RevealString();
            Assert.That(password, Has.Length.EqualTo(12));
            Assert.That(char.IsAsciiLetter(password[0]), Is.True);
            Assert.That(password.Any(char.IsAsciiLetterLower) && password.Any(char.IsAsciiLetterUpper) && password.Any(char.IsAsciiDigit) && password.Any("!#".Contains), Is.True);
            Assert.That(password.IndexOfAny("Il1O0".ToCharArray()), Is.EqualTo(-1));
            Assert.That(password.All(c => char.IsAsciiLetterOrDigit(c) || c is '!' or '#'), Is.True);
        }
    }

    [Test]
    public void The_default_is_32_chars_and_never_the_same()
    {
        Assert.That(Enumerable.Range(0, 1_000).Select(_ => SecretPassword.Generate().RevealString()), Is.Unique.And.All.Length.EqualTo(32));
    }

    private static IEnumerable<SecretPasswordPolicy> Impossible()
    {
        yield return new() { Length = 7 };
        yield return new() { Length = 1025 };
        yield return new() { Symbols = "aa" };
        yield return new() { Symbols = "--" };
        yield return new() { Symbols = "é" };
        yield return new() { Excluded = "0123456789" };
        yield return new() { Lowercase = false, Uppercase = false };
        yield return new() { Lowercase = false, Uppercase = false, Digits = false, Symbols = "-_", BeginsWithLetter = false };
    }

    [TestCaseSource(nameof(Impossible))]
    public void A_policy_that_no_password_follows_is_refused(SecretPasswordPolicy policy)
    {
        Assert.That(() => SecretPassword.Generate(policy), Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("password-policy"));
    }
}
