using Secrets.Conformance;

namespace Secrets.Tests;

// CloudFixture is the alias that each cloud's test project gives to its own fixture.

public sealed class CancellationTests : CancellationSuite<CloudFixture>;

public sealed class ConcurrencyTests : ConcurrencySuite<CloudFixture>;

public sealed class DeclarationsTests : DeclarationsSuite<CloudFixture>;

public sealed class DeletionTests : DeletionSuite<CloudFixture>;

public sealed class DescribingTests : DescribingSuite<CloudFixture>;

public sealed class ErrorsTests : ErrorsSuite<CloudFixture>;

public sealed class ListingTests : ListingSuite<CloudFixture>;

public sealed class MovingTests : MovingSuite<CloudFixture>;

public sealed class NamesTests : NamesSuite<CloudFixture>;

public sealed class PromotionTests : PromotionSuite<CloudFixture>;

public sealed class ReadingTests : ReadingSuite<CloudFixture>;

public sealed class SharingTests : SharingSuite<CloudFixture>;

public sealed class ValuesTests : ValuesSuite<CloudFixture>;

public sealed class VersionsTests : VersionsSuite<CloudFixture>;

public sealed class WatchingTests : WatchingSuite<CloudFixture>;

public sealed class WritingTests : WritingSuite<CloudFixture>;

public sealed class CompletenessTests : CompletenessSuite;
