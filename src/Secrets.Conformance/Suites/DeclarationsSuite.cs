using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>What a store says about itself.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class DeclarationsSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public void The_name_is_there_and_stays()
    {
        Assert.That(Store.Name, Is.Not.Null.And.Not.Empty);
        Assert.That(Store.Name, Is.EqualTo(Store.Name));
        Assert.That(Store.Name, Does.Not.Match(@"[\r\n\t]"));
    }

    [Test]
    public async Task The_capabilities_stay_the_same_through_use()
    {
        SecretStoreCapabilities before = Store.Capabilities;
        await PutAsync(Db, One("1"));
        await FoundAsync(Db);
        Assert.That(Store.Capabilities, Is.EqualTo(before));
    }

    [Test]
    public void The_limits_are_possible()
    {
        SecretStoreCapabilities can = Store.Capabilities;
        Assert.That(can.MaxValueBytes, Is.GreaterThan(0));
        Assert.That(can.MaxNameLength, Is.GreaterThan(0));
        Assert.That(can.MaxConcurrency, Is.GreaterThan(0));
        Assert.That(can.MaxBatchSize, can.Has(SecretStoreFeatures.BatchRead) ? Is.GreaterThan(1) : Is.EqualTo(1));
    }

    [TestCase(SecretStoreFeatures.WriteIfAbsent, SecretStoreFeatures.Write)]
    [TestCase(SecretStoreFeatures.WriteIfVersion, SecretStoreFeatures.Write)]
    [TestCase(SecretStoreFeatures.Promote, SecretStoreFeatures.Write | SecretStoreFeatures.Versions)]
    [TestCase(SecretStoreFeatures.Move, SecretStoreFeatures.Write | SecretStoreFeatures.Delete)]
    [TestCase(SecretStoreFeatures.SoftDelete, SecretStoreFeatures.Delete)]
    [TestCase(SecretStoreFeatures.DestroyVersion, SecretStoreFeatures.Delete | SecretStoreFeatures.Versions)]
    public void A_feature_comes_with_what_it_stands_on(SecretStoreFeatures feature, SecretStoreFeatures needed)
    {
        bool stands = !Declares(feature) || Declares(needed);
        Assert.That(stands, Is.True, $"{Store.Name} declares {feature}, which makes no sense without {needed}.");
    }

    [Test]
    public async Task A_wrapped_store_loses_nothing()
    {
        await PutAsync(Db, One("1"));
        Wrapped wrapped = new(Store);
        Assert.That(wrapped.Name, Is.EqualTo(Store.Name));
        Assert.That(wrapped.Capabilities, Is.EqualTo(Store.Capabilities));
        Assert.That((await wrapped.ReadAsync([new SecretRead(Db)], Cancel))[0].Secret!.SingleValue(), Is.EqualTo((SecretValue)"1"));
    }

    private sealed class Wrapped(ISecretStore inner) : DelegatingSecretStore(inner);
}
