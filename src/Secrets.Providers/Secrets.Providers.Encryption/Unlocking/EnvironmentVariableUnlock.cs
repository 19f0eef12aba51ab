using System.Text;

namespace Secrets;

internal sealed class EnvironmentVariableUnlock(string variable) : KeyUnlock
{
    private readonly string _variable = string.IsNullOrWhiteSpace(variable) ? throw new ArgumentException("An environment variable needs a name.", nameof(variable)) : variable;

    public override string Label => $"environment variable {_variable}";

    protected override SealingKey Read()
    {
        string? text = Environment.GetEnvironmentVariable(_variable);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new SecretException(SecretErrorCode.Unauthenticated, $"The {Label} is not set. Set it to the store's key, or unlock the store in another way.")
            {
                Reason = "key-variable-missing",
            };
        }

        return Parse(Encoding.UTF8.GetBytes(text));
    }
}
