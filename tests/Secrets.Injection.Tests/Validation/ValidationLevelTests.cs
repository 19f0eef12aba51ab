namespace Secrets.Injection.Tests.Validation;

[NonParallelizable]
internal sealed class ValidationLevelTests
{
    [TestCase("NONE", SecretValidationLevel.None)]
    [TestCase("SECRET_EXISTS", SecretValidationLevel.SecretExists)]
    [TestCase("SECRET_AND_KEY_EXISTS", SecretValidationLevel.SecretAndKeyExists)]
    [TestCase(" secretAndKeyExists ", SecretValidationLevel.SecretAndKeyExists)]
    public void The_three_levels_are_read(string text, SecretValidationLevel level) =>
        Assert.That(SecretValidationLevel.Parse(text), Is.EqualTo(level));

    [Test]
    public void An_unknown_level_is_an_error_that_names_the_three([Values("", "ALL", "1")] string text)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretValidationLevel.Parse(text))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "validation-level")));
        Assert.That(error.Message, Does.Contain("NONE, SECRET_EXISTS and SECRET_AND_KEY_EXISTS"));
    }

    [Test]
    public void The_environment_sets_the_level()
    {
        Environment.SetEnvironmentVariable(SecretValidationLevelExtensions.EnvironmentVariable, "SECRET_EXISTS");
        try
        {
            Assert.That(SecretValidationLevel.FromEnvironment(), Is.EqualTo(SecretValidationLevel.SecretExists));
            Environment.SetEnvironmentVariable(SecretValidationLevelExtensions.EnvironmentVariable, "MAYBE");
            Assert.That(() => SecretValidationLevel.FromEnvironment(), Throws.TypeOf<SecretException>().With.Message.Contains("SECRETS_VALIDATION_LEVEL"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(SecretValidationLevelExtensions.EnvironmentVariable, null);
        }

        Assert.That(SecretValidationLevel.FromEnvironment(), Is.EqualTo(SecretValidationLevel.SecretAndKeyExists));
    }
}
