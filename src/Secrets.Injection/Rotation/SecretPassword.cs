using System.Security.Cryptography;

namespace Secrets;

/// <summary>Makes passwords from the system's cryptographic random source.</summary>
public static class SecretPassword
{
    private const string LowercaseLetters = "abcdefghijklmnopqrstuvwxyz";
    private const string UppercaseLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string DigitChars = "0123456789";

    /// <summary>Makes a password. Every password that the policy allows is equally likely.</summary>
    /// <param name="policy">What it is made of; null for 32 chars of letters, digits and <c>-_.~</c> (about 190 bits).</param>
    /// <returns>The password.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: no password can follow the policy, or it is out of range.</exception>
    public static SecretValue Generate(SecretPasswordPolicy? policy = null)
    {
        policy ??= new SecretPasswordPolicy();
        char[][] classes = ClassesOf(policy);
        char[] alphabet = [.. classes.SelectMany(each => each)];
        Check(policy, classes, alphabet);
        Span<char> password = new char[policy.Length];
        try
        {
            // Drawn whole until it fits, rather than patched: patching would make some passwords likelier than others.
            do
            {
                RandomNumberGenerator.GetItems(alphabet, password);
            }
            while (!Fits(policy, classes, password));
            return SecretValue.FromChars(password);
        }
        finally
        {
            password.Clear();
        }
    }

    private static char[][] ClassesOf(SecretPasswordPolicy policy)
    {
        string[] classes = [policy.Lowercase ? LowercaseLetters : "", policy.Uppercase ? UppercaseLetters : "", policy.Digits ? DigitChars : "", policy.Symbols];
        return [.. classes.Where(each => each.Length > 0).Select(each => each.Except(policy.Excluded).ToArray())];
    }

    private static void Check(SecretPasswordPolicy policy, char[][] classes, char[] alphabet)
    {
        string? wrong = policy switch
        {
            { Length: < 8 or > 1024 } => "The length takes 8 to 1,024.",
            _ when policy.Symbols.Any(c => c is <= ' ' or >= (char)0x7F || char.IsAsciiLetterOrDigit(c)) || policy.Symbols.Distinct().Count() != policy.Symbols.Length =>
                "Symbols are printable ASCII other than letters and digits, each once.",
            _ when classes.Length == 0 || classes.Any(each => each.Length == 0) => "A class of characters that is on has none left.",
            _ when alphabet.Length < 10 => "Fewer than 10 different characters are left: too few for a password.",
            { BeginsWithLetter: true, Lowercase: false, Uppercase: false } => "It cannot begin with a letter, for letters are off.",
            _ => null,
        };
        if (wrong is not null) throw ClientErrors.Invalid("password-policy", "No password follows this policy. " + wrong);
    }

    private static bool Fits(SecretPasswordPolicy policy, char[][] classes, ReadOnlySpan<char> password)
    {
        if (policy.BeginsWithLetter && !char.IsAsciiLetter(password[0])) return false;
        foreach (char[] each in classes)
        {
            if (password.IndexOfAny(each) < 0) return false;
        }

        return true;
    }
}
