namespace Secrets;

/// <summary>
/// Space of zeros at the end of the file, made ahead by who writes much: where a file need not grow, syncing it is quicker by a third. It is as long
/// as what this writer has written so far, so that who writes little makes none. Used under the store's lock.
/// </summary>
internal sealed class Reserve(EncryptedFileOptions options)
{
    /// <summary>The longest there is.</summary>
    internal const int Most = 1024 * 1024;
    private const int Page = 4096;

    private static readonly byte[] Zeros = new byte[64 * 1024];
    private long _written;
    private bool _failed;

    /// <summary>Whether this writer may have made one.</summary>
    internal bool IsMade { get; private set; }

    /// <summary>Notes a frame that was just written, not synced yet, and makes space behind it if there is none left.</summary>
    internal void NoteWritten(IStoreFile file, long end, int length)
    {
        _written += length;
        if (_failed || _written < options.ReserveFromBytes || file.GetLength() > end)
            return;
        long wanted = (Math.Min(_written, Most) + Page - 1) / Page * Page;
        try
        {
            for (long made = 0; made < wanted; made += Zeros.Length)
                file.Write(Zeros.AsSpan(0, (int)Math.Min(Zeros.Length, wanted - made)), end + made);
            IsMade = true;
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // What fits without it shall not fail because of it: a disk that is nearly full, or a quota.
            GiveUp();
            GiveBack(file, end);
        }
    }

    /// <summary>Makes no more: a medium may say only at the sync that there is no space.</summary>
    internal void GiveUp() => _failed = true;

    /// <summary>Gives it back.</summary>
    internal static void Cut(LogState state)
    {
        if (state.File.GetLength() > state.End)
            state.File.SetLength(state.End);
    }

    private static void GiveBack(IStoreFile file, long end)
    {
        try
        {
            file.SetLength(end);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // Zeros at the end harm nobody, and the commit before them is whole.
        }
    }
}
