using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Values come back as they were given, byte for byte, up to the declared size.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class ValuesSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private const SecretStoreFeatures Binary = SecretStoreFeatures.Write | SecretStoreFeatures.Binary;

    [Test]
    public async Task Every_byte_from_0x00_to_0xFF_survives()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        if (!await CanAsync(Binary, () => WriteAsync(Db, One(SecretValue.FromBytes(bytes))))) return;
        await WriteAsync(Db, One(SecretValue.FromBytes(bytes)));
        Assert.That((await FoundAsync(Db)).SingleValue().RevealBytes(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Bytes_stand_next_to_text_in_one_secret()
    {
        byte[] bytes = [0xFF, 0x00, 0xFE];
        SecretValues values = new() { ["user"] = "ada", ["keytab"] = SecretValue.FromBytes(bytes) };
        if (!await CanAsync(Binary, () => WriteAsync(Db, values))) return;
        await WriteAsync(Db, values);
        Secret secret = await FoundAsync(Db);
        Assert.That(secret["user"].RevealString(), Is.EqualTo("ada"));
        Assert.That(secret["keytab"].RevealBytes(), Is.EqualTo(bytes));
    }

    [TestCase(" leading and trailing ")]
    [TestCase("two\nlines\r\nand a tab\t")]
    [TestCase("quotes \" ' ` and \\ and {{db.user}} and ${HOME} and %41")]
    [TestCase("\u0436\u6f22 \U0001F511 e\u0301 \uFEFF\u200B")]
    [TestCase("true")]
    [TestCase("007")]
    [TestCase("null")]
    [TestCase("aGVsbG8=")]
    public async Task Text_survives_as_it_is(string text)
    {
        await PutAsync(Db, One(text));
        Assert.That(await TextAsync(Db), Is.EqualTo(text));
    }

    [TestCase("{}")]
    [TestCase("{\"a\":\"b\"}")]
    [TestCase("{\"value\":\"b\"}")]
    [TestCase("[1,2]")]
    [TestCase("\"quoted\"")]
    public async Task A_single_value_that_looks_like_JSON_stays_a_single_value(string text)
    {
        await PutAsync(Db, One(text));
        Secret secret = await FoundAsync(Db);
        Assert.That(secret.Keys, Is.EqualTo(new[] { SecretProperties.SingleKey }));
        Assert.That(secret.SingleValue().RevealString(), Is.EqualTo(text));
    }

    [Test]
    public async Task Several_keys_come_back_with_their_own_values()
    {
        SecretValues values = new() { ["username"] = "ada", ["password"] = Unique(), ["empty"] = "" };
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, values))) return;
        await WriteAsync(Db, values);
        Secret secret = await FoundAsync(Db);
        Assert.That(secret.Values, Is.EquivalentTo(values));
    }

    [Test]
    public async Task Keys_keep_dots_spaces_case_and_letters_of_any_script()
    {
        SecretValues values = new() { ["a.b"] = "1", ["A.B"] = "2", ["with space"] = "3", ["\u043a\u043b\u044e\u0447"] = "4", ["quote\"'\\"] = "5", ["$x{y}"] = "6" };
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, values))) return;
        await WriteAsync(Db, values);
        Secret secret = await FoundAsync(Db);
        Assert.That(secret.Values, Is.EquivalentTo(values));
    }

    [Test]
    public async Task A_value_of_the_declared_size_is_taken()
    {
        string text = new('x', Store.Capabilities.MaxValueBytes);
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One(text)))) return;
        await WriteAsync(Db, One(text));
        Assert.That(await TextAsync(Db), Is.EqualTo(text));
    }

    [Test]
    public async Task A_value_of_one_byte_more_is_refused_and_nothing_is_written()
    {
        string text = new('x', Store.Capabilities.MaxValueBytes + 1);
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One(text)))) return;
        await WriteAsync(Db, One("before"));
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => WriteAsync(Db, One(text)));
        Assert.That(await TextAsync(Db), Is.EqualTo("before"));
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => WriteAsync(Api, One(text)));
        await MissingAsync(Api);
    }

    [Test]
    public async Task What_the_caller_changes_after_the_call_is_not_stored()
    {
        SecretValues values = One("1");
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, values))) return;
        await WriteAsync(Db, values);
        values[SecretProperties.SingleKey] = "2";
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }
}
