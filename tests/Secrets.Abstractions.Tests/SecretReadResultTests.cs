namespace Secrets.Tests;

[TestFixture]
public sealed class SecretReadResultTests
{
    [TestCase(SecretErrorCode.NotFound, SecretReadStatus.NotFound)]
    [TestCase(SecretErrorCode.Denied, SecretReadStatus.Denied)]
    [TestCase(SecretErrorCode.Unavailable, SecretReadStatus.Failed)]
    [TestCase(SecretErrorCode.Throttled, SecretReadStatus.Failed)]
    [TestCase(SecretErrorCode.Unauthenticated, SecretReadStatus.Failed)]
    public void An_error_becomes_the_status_of_its_code(SecretErrorCode code, SecretReadStatus status)
    {
        SecretException error = new(code, "message");
        Assert.That((SecretReadResult.From(error).Status, SecretDescribeResult.From(error).Status), Is.EqualTo((status, status)));
        Assert.That(SecretReadResult.From(error).Error, Is.SameAs(error));
    }

    [Test]
    public void The_default_is_not_found_and_never_found()
    {
        Assert.That(default(SecretReadResult).Status, Is.EqualTo(SecretReadStatus.NotFound));
        Assert.That(default(SecretDescribeResult).Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [TestCase(SecretErrorCode.Throttled, true)]
    [TestCase(SecretErrorCode.Unavailable, true)]
    [TestCase(SecretErrorCode.TimedOut, true)]
    [TestCase(SecretErrorCode.Denied, false)]
    [TestCase(SecretErrorCode.NotFound, false)]
    [TestCase(SecretErrorCode.Conflict, false)]
    public void Only_what_may_pass_by_itself_is_transient(SecretErrorCode code, bool transient) =>
        Assert.That(new SecretException(code, "message").IsTransient, Is.EqualTo(transient));

    [Test]
    public void Codes_keep_their_numbers() => Assert.That(
        Enum.GetValues<SecretErrorCode>().Select(code => $"{(int)code} {code}"),
        Is.EqualTo(new[]
        {
            "0 Unknown", "1 NotFound", "2 KeyNotFound", "3 AlreadyExists", "4 Conflict", "5 Denied", "6 Unauthenticated", "7 InvalidArgument", "8 Unsupported",
            "9 Throttled", "10 Unavailable", "11 TimedOut", "12 Corrupted", "13 Stale", "14 Ambiguous", "15 MalformedReference", "16 ValidationFailed",
        }));
}
