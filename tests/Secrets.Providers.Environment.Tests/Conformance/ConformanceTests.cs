using Secrets.Conformance;

namespace Secrets.Providers.Environment.Tests.Conformance;

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class DeclarationsTests<TFixture> : DeclarationsSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class ReadingTests<TFixture> : ReadingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class ValuesTests<TFixture> : ValuesSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class NamesTests<TFixture> : NamesSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class WritingTests<TFixture> : WritingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class ConcurrencyTests<TFixture> : ConcurrencySuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class VersionsTests<TFixture> : VersionsSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class PromotionTests<TFixture> : PromotionSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class DeletionTests<TFixture> : DeletionSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class MovingTests<TFixture> : MovingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class ListingTests<TFixture> : ListingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class DescribingTests<TFixture> : DescribingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class ErrorsTests<TFixture> : ErrorsSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class CancellationTests<TFixture> : CancellationSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class WatchingTests<TFixture> : WatchingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(EnvironmentFixture))]
[TestFixture(typeof(KeyPerFileFixture))]
public sealed class SharingTests<TFixture> : SharingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture]
public sealed class CompletenessTests : CompletenessSuite;
