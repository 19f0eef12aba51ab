using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class PairsTextTests
{
    [Test]
    public void Pairs_come_back_whatever_they_hold()
    {
        Gen<byte[]> bytes = Gen.OneOf(
            Gen.Choose(0, 255).Select(b => (byte)b).ListOf().Select(list => list.ToArray()),
            Gen.Elements("", "text", "{}", "{\"a\":1}", "[1]", "null", "true", "\"q\"", " {\"$bytes\":\"AA==\"}", "{\"a\":\"\\ud800\"}", "é\n\t\0").Select(Encoding.UTF8.GetBytes));
        Gen<Dictionary<string, byte[]>> pairs =
            from keys in Gen.Elements("value", "a", "$bytes", "", "KEY", "k.e.y", "é").ListOf(3)
            from values in bytes.ListOf(3)
            from count in Gen.Choose(0, 3)
            select keys.Zip(values).Take(count).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);
        Prop.ForAll(pairs.ToArbitrary(), given =>
        {
            SecretValues values = new(given.Select(pair => KeyValuePair.Create(pair.Key, SecretValue.FromBytes(pair.Value))));
            foreach (bool textOnly in new[] { true, false })
            {
                byte[] written = PairsText.Write(values, textOnly);
                SecretValues back = PairsText.Read(written);
                if (back.Count != values.Count || !values.All(pair => back.TryGetValue(pair.Key, out SecretValue? value) && value == pair.Value))
                    return false;
                if (textOnly && !SecretValue.FromBytes(written).IsText)
                    return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [TestCase("plain", "value", "plain")]
    [TestCase("", "value", "")]
    [TestCase("[1,2]", "value", "[1,2]")]
    [TestCase("\"quoted\"", "value", "\"quoted\"")]
    [TestCase("{not json", "value", "{not json")]
    [TestCase("{\"port\":5432}", "port", "5432")]
    [TestCase("{\"tls\":true}", "tls", "true")]
    [TestCase("{\"big\":1.50e3}", "big", "1.50e3")]
    [TestCase("{\"nested\":{\"a\":[1]}}", "nested", "{\"a\":[1]}")]
    [TestCase(" \n{\"a\":\"b\"}", "a", "b")]
    public void What_other_tools_wrote_reads_as_documented(string stored, string key, string value)
    {
        SecretValues pairs = PairsText.Read(Encoding.UTF8.GetBytes(stored));
        Assert.That(pairs, Has.Count.EqualTo(1));
        Assert.That(pairs[key].RevealString(), Is.EqualTo(value));
    }

    [Test]
    public void A_key_that_is_null_is_not_there() =>
        Assert.That(PairsText.Read("{\"a\":null,\"b\":\"\"}"u8).Keys, Is.EqualTo(["b"]));

    [Test]
    public void A_single_value_is_written_as_it_stands() =>
        Assert.That(PairsText.Write(new SecretValues { ["value"] = "canary-plain" }, textOnly: true), Is.EqualTo("canary-plain"u8.ToArray()));

    [Test]
    public void Pairs_are_written_as_the_console_writes_them() =>
        Assert.That(
            Encoding.UTF8.GetString(PairsText.Write(new SecretValues { ["user"] = "ada", ["password"] = "a\"b<é" }, textOnly: true)),
            Is.EqualTo("""{"user":"ada","password":"a\"b<é"}"""));
}
