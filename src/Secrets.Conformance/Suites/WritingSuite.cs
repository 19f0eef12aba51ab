using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Writes are whole and conditional, and say what was stored.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class WritingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private const SecretStoreFeatures IfAbsent = SecretStoreFeatures.Write | SecretStoreFeatures.WriteIfAbsent;
    private const SecretStoreFeatures IfVersion = SecretStoreFeatures.Write | SecretStoreFeatures.WriteIfVersion;

    [Test]
    public async Task A_write_answers_with_what_was_stored()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        SecretProperties written = await WriteAsync(Db, One("1"));
        Secret read = await FoundAsync(Db);
        Assert.That(written.Address, Is.EqualTo(Db));
        Assert.That(written.Version, Is.EqualTo(read.Version));
        Assert.That(written.State, Is.EqualTo(SecretVersionState.Current));
    }

    [Test]
    public async Task Each_write_makes_another_version()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        HashSet<SecretVersion> versions = [];
        for (int i = 0; i < 4; i++)
            versions.Add((await WriteAsync(Db, One("same"))).Version);
        Assert.That(versions, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_write_replaces_all_pairs_and_merges_nothing()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        await WriteAsync(Db, new SecretValues { ["a"] = "1", ["b"] = "2" });
        await WriteAsync(Db, new SecretValues { ["b"] = "3", ["c"] = "4" });
        Assert.That((await FoundAsync(Db)).Keys, Is.EquivalentTo(new[] { "b", "c" }));
    }

    [Test]
    public async Task Type_description_tags_and_expiry_are_kept()
    {
        SecretProperties given = Described(Db);
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        await Store.WriteAsync(new SecretWrite(given, One("1")), Cancel);
        SecretProperties kept = (await FoundAsync(Db)).Properties;
        Assert.That((kept.Type, kept.Description, kept.ExpiresOn), Is.EqualTo((given.Type, given.Description, given.ExpiresOn)));
        Assert.That(kept.Tags, Is.EquivalentTo(given.Tags));
    }

    [Test]
    public async Task A_write_replaces_all_properties_too()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        await Store.WriteAsync(new SecretWrite(Described(Db), One("1")), Cancel);
        await WriteAsync(Db, One("2"));
        SecretProperties kept = (await FoundAsync(Db)).Properties;
        Assert.That((kept.Type, kept.Description, kept.ExpiresOn), Is.EqualTo(((string?)null, (string?)null, (DateTimeOffset?)null)));
        Assert.That(kept.Tags, Is.Empty);
    }

    [Test]
    public async Task The_day_of_creation_stays_through_updates()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        await WriteAsync(Db, One("1"));
        DateTimeOffset first = (await FoundAsync(Db)).Properties.CreatedOn;
        await WriteAsync(Db, One("2"));
        Assert.That((await FoundAsync(Db)).Properties.CreatedOn, Is.EqualTo(first));
    }

    [Test]
    public async Task A_given_id_is_kept_or_none_is()
    {
        Guid id = Guid.NewGuid();
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        await Store.WriteAsync(new SecretWrite(new SecretProperties(Db, default) { Id = id }, One("1")), Cancel);
        Guid kept = (await FoundAsync(Db)).Properties.Id;
        Assert.That(kept, Is.EqualTo(id).Or.EqualTo(Guid.Empty));
    }

    [Test]
    public async Task If_absent_goes_through_on_a_free_address()
    {
        if (!await CanAsync(IfAbsent, () => WriteAsync(Db, One("1"), SecretCondition.Absent))) return;
        await WriteAsync(Db, One("1"), SecretCondition.Absent);
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task If_absent_is_AlreadyExists_on_a_taken_one()
    {
        if (!await CanAsync(IfAbsent, () => WriteAsync(Db, One("1"), SecretCondition.Absent))) return;
        await WriteAsync(Db, One("1"));
        SecretException error = await ThrowsAsync(SecretErrorCode.AlreadyExists, () => WriteAsync(Db, One("2"), SecretCondition.Absent));
        Assert.That(error.Address, Is.EqualTo(Db));
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task At_the_version_read_goes_through()
    {
        if (!await CanAsync(IfVersion, () => WriteAsync(Db, One("1"), SecretCondition.At(new SecretVersion("1"))))) return;
        SecretVersion version = (await WriteAsync(Db, One("1"))).Version;
        await WriteAsync(Db, One("2"), SecretCondition.At(version));
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task At_another_version_is_Conflict()
    {
        if (!await CanAsync(IfVersion, () => WriteAsync(Db, One("1"), SecretCondition.At(new SecretVersion("1"))))) return;
        SecretVersion old = (await WriteAsync(Db, One("1"))).Version;
        await WriteAsync(Db, One("2"));
        SecretException error = await ThrowsAsync(SecretErrorCode.Conflict, () => WriteAsync(Db, One("3"), SecretCondition.At(old)));
        Assert.That(error.Address, Is.EqualTo(Db));
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task At_a_version_of_a_missing_secret_is_Conflict()
    {
        if (!await CanAsync(IfVersion, () => WriteAsync(Db, One("1"), SecretCondition.At(new SecretVersion("1"))))) return;
        SecretVersion elsewhere = (await WriteAsync(Api, One("1"))).Version;
        await ThrowsAsync(SecretErrorCode.Conflict, () => WriteAsync(Db, One("1"), SecretCondition.At(elsewhere)));
        await MissingAsync(Db);
    }

    [Test]
    public async Task Absent_and_at_a_version_at_once_is_refused()
    {
        SecretCondition both = new(true, new SecretVersion("1"));
        if (!await CanAsync(IfAbsent | IfVersion, () => WriteAsync(Db, One("1"), Declares(SecretStoreFeatures.WriteIfAbsent) ? SecretCondition.At(new SecretVersion("1")) : SecretCondition.Absent))) return;
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => WriteAsync(Db, One("1"), both));
        await MissingAsync(Db);
    }

    private static SecretProperties Described(SecretAddress address) => new(address, default)
    {
        Type = "s3",
        Description = "for the nightly run, \u00e9t\u00e9",
        Tags = new Dictionary<string, string> { ["team"] = "ml", ["purpose"] = "test" },
        ExpiresOn = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero),
    };
}
