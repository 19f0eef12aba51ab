using Secrets.Conformance;

namespace Secrets.Providers.InMemory.Tests.Conformance;

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class DeclarationsTests<TFixture> : DeclarationsSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class ReadingTests<TFixture> : ReadingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class ValuesTests<TFixture> : ValuesSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class NamesTests<TFixture> : NamesSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class WritingTests<TFixture> : WritingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class ConcurrencyTests<TFixture> : ConcurrencySuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class VersionsTests<TFixture> : VersionsSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class PromotionTests<TFixture> : PromotionSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class DeletionTests<TFixture> : DeletionSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class MovingTests<TFixture> : MovingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class ListingTests<TFixture> : ListingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class DescribingTests<TFixture> : DescribingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class ErrorsTests<TFixture> : ErrorsSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class CancellationTests<TFixture> : CancellationSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class WatchingTests<TFixture> : WatchingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture(typeof(InMemoryFixture))]
[TestFixture(typeof(BareFixture))]
[TestFixture(typeof(ReadOnlyFixture))]
[TestFixture(typeof(AwsLikeFixture))]
[TestFixture(typeof(AzureLikeFixture))]
[TestFixture(typeof(KubernetesLikeFixture))]
public sealed class SharingTests<TFixture> : SharingSuite<TFixture>
    where TFixture : SecretStoreFixture, new();

[TestFixture]
public sealed class CompletenessTests : CompletenessSuite;
