using System.Security.Cryptography;
using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>
/// What the suites share: a fresh store for each test, and the rule that a missing feature is tested too, by its refusal.
/// </summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class SecretStoreSuite<TFixture> : IDisposable
    where TFixture : SecretStoreFixture, new()
{
    private CancellationTokenSource _patience = new();

    /// <summary>The fixture of this test.</summary>
    protected TFixture Fixture { get; private set; } = null!;

    /// <summary>The store of this test, empty at first.</summary>
    protected ISecretStore Store { get; private set; } = null!;

    /// <summary>Cancelled when the fixture's patience ends.</summary>
    protected CancellationToken Cancel => _patience.Token;

    /// <summary>A plain public address at team scope.</summary>
    protected static SecretAddress Db { get; } = SecretAddress.Public("db");

    /// <summary>Another one.</summary>
    protected static SecretAddress Api { get; } = SecretAddress.Public("api");

    /// <summary>The faults that the fixture can provoke, as a source of test cases.</summary>
    /// <returns>The faults.</returns>
    public static IEnumerable<ConformanceFault> Provocable() => new TFixture().Faults;

    /// <summary>Makes fixture and store.</summary>
    /// <returns>A task that ends when they are there.</returns>
    [SetUp]
    public async Task CreateStoreAsync()
    {
        Fixture = new TFixture();
        _patience = new CancellationTokenSource(Fixture.Patience);
        Store = await Fixture.CreateStoreAsync(Cancel);
    }

    /// <summary>Disposes store and fixture.</summary>
    /// <returns>A task that ends when they are gone.</returns>
    [TearDown]
    public async Task DisposeStoreAsync()
    {
        if (Store is not null) await Store.DisposeAsync();
        if (Fixture is not null) await Fixture.DisposeAsync();
        _patience.Dispose();
    }

    /// <summary>Releases what a test that never started held.</summary>
    public void Dispose()
    {
        _patience.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A value that occurs nowhere else.</summary>
    /// <returns>The text.</returns>
    protected static string Unique() => "canary-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A secret with one key.</summary>
    /// <param name="value">Its value.</param>
    /// <returns>The pairs.</returns>
    protected static SecretValues One(SecretValue value) => new() { [SecretProperties.SingleKey] = value };

    /// <summary>A write without conditions.</summary>
    /// <param name="address">Where.</param>
    /// <param name="values">What.</param>
    /// <param name="condition">When it goes through.</param>
    /// <returns>The write.</returns>
    protected static SecretWrite Write(SecretAddress address, SecretValues values, SecretCondition condition = default) =>
        new(new SecretProperties(address, default), values, condition);

    /// <summary>Whether the store declares a feature.</summary>
    /// <param name="features">The feature or features.</param>
    /// <returns>True if it does.</returns>
    protected bool Declares(SecretStoreFeatures features) => Store.Capabilities.Has(features);

    /// <summary>
    /// Whether a test can go on: if the store lacks a feature, the attempt is made and must be refused with <see cref="SecretErrorCode.Unsupported"/>,
    /// naming store and capability; that is then what the test has proved.
    /// </summary>
    /// <param name="needed">What the attempt needs.</param>
    /// <param name="attempt">Uses the feature in the plainest way.</param>
    /// <returns>True if the store declares it all.</returns>
    protected async Task<bool> CanAsync(SecretStoreFeatures needed, Func<Task> attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        if (Declares(needed)) return true;
        SecretException refusal = await ThrowsAsync(SecretErrorCode.Unsupported, attempt);
        SecretStoreFeatures[] missing = [.. Enum.GetValues<SecretStoreFeatures>().Where(feature => feature != 0 && needed.HasFlag(feature) && !Declares(feature))];
        Assert.That(refusal.StoreName, Is.EqualTo(Store.Name), "The refusal says which store.");
        Assert.That(refusal.Message, Does.Contain(Store.Name), "The message says which store.");
        Assert.That(missing.Where(feature => refusal.Message.Contains(feature.ToString(), StringComparison.Ordinal)), Is.Not.Empty, $"The message names a missing capability: {refusal.Message}");
        return false;
    }

    /// <summary>Asserts that an attempt fails with a code, from this store.</summary>
    /// <param name="code">The code.</param>
    /// <param name="attempt">What must fail.</param>
    /// <returns>The exception.</returns>
    protected async Task<SecretException> ThrowsAsync(SecretErrorCode code, Func<Task> attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        SecretException? error = null;
        try
        {
            await attempt();
        }
        catch (SecretException e)
        {
            error = e;
        }

        Assert.That(error, Is.Not.Null, $"Expected a SecretException with the code {code}; nothing was thrown.");
        Assert.That(error!.Code, Is.EqualTo(code), error.Message);
        Assert.That(error.StoreName, Is.EqualTo(Store.Name), "An error says which store it comes from.");
        return error;
    }

    /// <summary>Puts a secret there as somebody else would.</summary>
    /// <param name="address">Where.</param>
    /// <param name="values">All pairs.</param>
    /// <returns>A task that ends when it is there.</returns>
    protected async Task PutAsync(SecretAddress address, SecretValues values) => await Fixture.PutAsync(Store, address, values, Cancel);

    /// <summary>Writes through the store.</summary>
    /// <param name="address">Where.</param>
    /// <param name="values">What.</param>
    /// <param name="condition">When it goes through.</param>
    /// <returns>What the store answers.</returns>
    protected async Task<SecretProperties> WriteAsync(SecretAddress address, SecretValues values, SecretCondition condition = default) =>
        await Store.WriteAsync(Write(address, values, condition), Cancel);

    /// <summary>Reads one entry.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="version">The version; null for the current one.</param>
    /// <param name="unless">What the caller has.</param>
    /// <returns>The result.</returns>
    protected async Task<SecretReadResult> ReadAsync(SecretAddress address, SecretVersion? version = null, SecretVersion? unless = null)
    {
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(address, version, unless)], Cancel);
        Assert.That(results, Has.Count.EqualTo(1));
        return results[0];
    }

    /// <summary>Reads a secret that must be there.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="version">The version; null for the current one.</param>
    /// <returns>The secret.</returns>
    protected async Task<Secret> FoundAsync(SecretAddress address, SecretVersion? version = null)
    {
        SecretReadResult result = await ReadAsync(address, version);
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.Found), $"{address}: {result.Error?.Message}");
        Assert.That(result.Secret!.Properties.Address, Is.EqualTo(address));
        return result.Secret;
    }

    /// <summary>Asserts that a secret is not there.</summary>
    /// <param name="address">The secret.</param>
    /// <returns>A task that ends when it was looked for.</returns>
    protected async Task MissingAsync(SecretAddress address) =>
        Assert.That((await ReadAsync(address)).Status, Is.EqualTo(SecretReadStatus.NotFound), $"{address} is not to be there.");

    /// <summary>The text of the only value of a secret that must be there.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="version">The version; null for the current one.</param>
    /// <returns>The text.</returns>
    protected async Task<string> TextAsync(SecretAddress address, SecretVersion? version = null) =>
        (await FoundAsync(address, version)).SingleValue().RevealString();

    /// <summary>Everything a listing gives, page after page.</summary>
    /// <param name="listing">What to list.</param>
    /// <returns>All items, in order.</returns>
    protected async Task<List<SecretProperties>> ListAsync(SecretListing? listing = null)
    {
        List<SecretProperties> all = [];
        SecretListing next = listing ?? new SecretListing();
        while (true)
        {
            SecretPage page = await Store.ListAsync(next, Cancel);
            // A store may give more than was asked for; the client looks again, and so do we.
            all.AddRange(page.Items.Where(next.Matches));
            if (page.ContinuationToken is null) return all;
            Assert.That(page.ContinuationToken, Is.Not.EqualTo(next.ContinuationToken), "A page that leads to itself never ends.");
            next = next with { ContinuationToken = page.ContinuationToken };
        }
    }

    /// <summary>All versions of a secret, page after page.</summary>
    /// <param name="address">The secret.</param>
    /// <returns>All versions, in order.</returns>
    protected async Task<List<SecretProperties>> VersionsAsync(SecretAddress address)
    {
        List<SecretProperties> all = [];
        string? token = null;
        do
        {
            SecretPage page = await Store.ListVersionsAsync(address, token, Cancel);
            all.AddRange(page.Items);
            token = page.ContinuationToken;
        }
        while (token is not null);
        return all;
    }
}
