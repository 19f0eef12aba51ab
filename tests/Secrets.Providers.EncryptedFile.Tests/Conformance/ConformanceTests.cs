using Secrets.Conformance;

namespace Secrets.Providers.EncryptedFile.Tests.Conformance;

[TestFixture]
public sealed class CancellationTests : CancellationSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class ConcurrencyTests : ConcurrencySuite<EncryptedFileFixture>;

[TestFixture]
public sealed class DeclarationsTests : DeclarationsSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class DeletionTests : DeletionSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class DescribingTests : DescribingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class ErrorsTests : ErrorsSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class ListingTests : ListingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class MovingTests : MovingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class NamesTests : NamesSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class PromotionTests : PromotionSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class ReadingTests : ReadingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class SharingTests : SharingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class ValuesTests : ValuesSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class VersionsTests : VersionsSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class WatchingTests : WatchingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class WritingTests : WritingSuite<EncryptedFileFixture>;

[TestFixture]
public sealed class CompletenessTests : CompletenessSuite;
