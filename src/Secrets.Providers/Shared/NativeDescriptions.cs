namespace Secrets;

/// <summary>
/// What a service knows of secrets besides their values, where no call gives both: of many by a few pages of its listing, of the others by a
/// call for each. A credential that may do neither gets values without.
/// </summary>
/// <typeparam name="T">The service's description of a secret.</typeparam>
/// <param name="calls">The store's calls.</param>
internal abstract class NativeDescriptions<T>(SideBySide calls)
    where T : class
{
    private const int MaxTerms = 10;

    // Fewer are described side by side in the time that a page takes.
    private const int WorthAPage = 3;

    // Each set once: a right that is not there would be denied, and logged, at every read.
    private volatile bool _listDenied;
    private volatile bool _describeDenied;

    /// <summary>One answer for each value, in their order: what is known, or the fault, or neither where the credential may not see it.</summary>
    public async Task<(T? Description, SecretException? Error)[]> OfAsync(IReadOnlyList<NativeValue> values, CancellationToken cancellationToken)
    {
        Dictionary<string, T> listed = await ListedAsync(values, cancellationToken).ConfigureAwait(false);
        (T? Description, SecretException? Error)[] answers = new (T?, SecretException?)[values.Count];
        List<int> left = [];
        for (int i = 0; i < answers.Length; i++)
        {
            if (listed.TryGetValue(values[i].Native, out T? known) && IsOf(known, values[i]))
                answers[i] = (known, null);
            else
                left.Add(i);
        }

        (T?, SecretException?)[] each = await calls.RunAsync(left, (i, token) => DescribedAsync(values[i], token), cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < each.Length; i++)
            answers[left[i]] = each[i];
        return answers;
    }

    /// <summary>The first page of what begins with one of the texts, and whether there is more.</summary>
    protected abstract Task<(IReadOnlyList<T> Items, bool HasMore)> ListAsync(IReadOnlyList<string> beginnings, CancellationToken cancellationToken);

    protected abstract Task<T> DescribeAsync(string native, CancellationToken cancellationToken);

    protected abstract string NameOf(T listed);

    /// <summary>Whether an entry of a listing, which may lag, is no older than a value.</summary>
    protected abstract bool IsOf(T listed, NativeValue value);

    /// <summary>A fault of one of the calls above; of the listing, if there is no address.</summary>
    protected abstract SecretException ErrorOf(Exception fault, SecretAddress? address);

    private async Task<(T? Description, SecretException? Error)> DescribedAsync(NativeValue value, CancellationToken cancellationToken)
    {
        if (_describeDenied)
            return default;
        try
        {
            return (await DescribeAsync(value.Native, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            SecretException error = ErrorOf(fault, value.Address);
            if (error.Code != SecretErrorCode.Denied)
                return (null, error);
            _describeDenied = true;
            return default;
        }
    }

    private async Task<Dictionary<string, T>> ListedAsync(IReadOnlyList<NativeValue> values, CancellationToken cancellationToken)
    {
        Dictionary<string, T> found = new(StringComparer.Ordinal);
        string[] names = [.. values.Select(value => value.Native).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        // All at once by what they have in common, which is mostly all there is. Where there is much else, each by its whole name.
        if (await AddAsync(found, [names], cancellationToken).ConfigureAwait(false) && names.Length > MaxTerms)
            await AddAsync(found, [.. names.Where(name => !found.ContainsKey(name)).Chunk(MaxTerms)], cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <returns>Whether something was cut off.</returns>
    private async Task<bool> AddAsync(Dictionary<string, T> found, List<string[]> groups, CancellationToken cancellationToken)
    {
        groups.RemoveAll(group => group.Length < WorthAPage);
        if (_listDenied || groups.Count == 0)
            return false;
        (IReadOnlyList<T> Items, bool HasMore)[] pages = await calls.RunAsync(groups, PageAsync, cancellationToken).ConfigureAwait(false);
        HashSet<string> wanted = [.. groups.SelectMany(group => group)];
        foreach (T item in pages.SelectMany(page => page.Items))
        {
            if (wanted.Contains(NameOf(item)))
                found[NameOf(item)] = item;
        }

        return pages.Any(page => page.HasMore);
    }

    private async Task<(IReadOnlyList<T> Items, bool HasMore)> PageAsync(string[] names, CancellationToken cancellationToken)
    {
        try
        {
            return await ListAsync(NameCover.Of(names, MaxTerms), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the calls for single secrets say it better, or succeed.
            if (ErrorOf(fault, null).Code == SecretErrorCode.Denied)
                _listDenied = true;
            return ([], false);
        }
    }
}
