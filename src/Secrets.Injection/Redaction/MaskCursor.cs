using System.Buffers;

namespace Secrets;

/// <summary>
/// One masked stream of bytes. Feed it chunks of any size; it writes what is decided and holds back only the end that may be the beginning
/// of a value. Every run of bytes that belong to one or more occurrences comes out as one <c>***</c>; all other bytes come out unchanged.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class MaskCursor(SecretMasker masker)
{
    // Bounds the list of occurrences, whatever a caller passes at once.
    private const int PieceLength = 64 * 1024;

    // Positions count from the start of the current piece; held bytes have negative ones.
    private readonly List<(int Start, int End)> _matches = [];
    private MaskAutomaton _automaton = masker.Automaton;
    private byte[] _held = [];
    private int _heldLength;
    private int _state = MaskAutomaton.Root;
    private bool _inMask;

    internal void Write(ReadOnlySpan<byte> chunk, IBufferWriter<byte> output)
    {
        FollowMasker(output);
        if (_automaton.IsEmpty && _heldLength == 0)
        {
            if (chunk.IsEmpty) return;
            output.Write(chunk);
            _inMask = false;
            return;
        }

        while (!chunk.IsEmpty)
        {
            ReadOnlySpan<byte> piece = chunk[..Math.Min(chunk.Length, PieceLength)];
            Scan(piece);
            Settle(piece, output);
            chunk = chunk[piece.Length..];
        }
    }

    /// <summary>The input has ended: what was held back is decided now.</summary>
    internal void Complete(IBufferWriter<byte> output)
    {
        _state = MaskAutomaton.Root;
        Settle([], output);
        _inMask = false;
    }

    // The set of values may change at any time. What is held is then looked at again with the new set.
    private void FollowMasker(IBufferWriter<byte> output)
    {
        MaskAutomaton current = masker.Automaton;
        if (ReferenceEquals(current, _automaton)) return;
        _automaton = current;
        _state = MaskAutomaton.Root;
        (int Start, int End)[] before = [.. _matches];
        _matches.Clear();
        for (int i = 0; i < _heldLength; i++)
            Step(_held[i], i + 1 - _heldLength);
        (int Start, int End)[] all = [.. before, .. _matches];
        _matches.Clear();
        foreach ((int start, int end) in all.OrderBy(static match => match.End))
            AddMatch(start, end);
        Settle([], output);
    }

    private void Scan(ReadOnlySpan<byte> piece)
    {
        MaskFilter filter = _automaton.Filter;
        int stride = filter.Stride;
        int at = 0;
        int minStart = 0;
        while (true)
        {
            while (at < piece.Length)
            {
                Step(piece[at], at + 1);
                at++;
                // Back to the filter once nothing longer than a few bytes is pending: going back further would make this quadratic.
                int depth = _automaton.DepthOf(_state);
                if (depth < EncodedForms.MinLength && at - depth >= minStart)
                {
                    at -= depth;
                    _state = MaskAutomaton.Root;
                    break;
                }
            }

            if (at >= piece.Length) return;
            int place = filter.Find(piece, at + stride - 1);
            at = place - stride + 1;
            minStart = place <= piece.Length - EncodedForms.MinLength ? place + 1 : int.MaxValue;
        }
    }

    private void Step(byte b, int end)
    {
        _state = _automaton.Next(_state, b);
        int length = _automaton.MatchLengthAt(_state);
        if (length > 0) AddMatch(end - length, end);
    }

    // Ends only grow, so the list is a stack: merge with what the new occurrence touches.
    private void AddMatch(int start, int end)
    {
        while (_matches.Count > 0 && _matches[^1].End >= start)
        {
            start = Math.Min(start, _matches[^1].Start);
            _matches.RemoveAt(_matches.Count - 1);
        }

        _matches.Add((start, end));
    }

    /// <summary>Writes everything before the pending end, keeps the rest.</summary>
    private void Settle(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        int keepFrom = piece.Length - _automaton.DepthOf(_state);
        int at = -_heldLength;
        int done = 0;
        for (; done < _matches.Count && _matches[done].Start < keepFrom; done++)
        {
            (int start, int end) = _matches[done];
            WritePlain(piece, at, start, output);
            if (!_inMask) output.Write("***"u8);
            _inMask = true;
            at = Math.Max(at, Math.Min(end, keepFrom));
            if (end > keepFrom)
            {
                _matches[done] = (keepFrom, end);
                break;
            }
        }

        WritePlain(piece, at, keepFrom, output);
        _matches.RemoveRange(0, done);
        Hold(piece, keepFrom);
    }

    private void WritePlain(ReadOnlySpan<byte> piece, int start, int end, IBufferWriter<byte> output)
    {
        if (start >= end) return;
        _inMask = false;
        if (start < 0)
        {
            int stop = Math.Min(end, 0);
            output.Write(_held.AsSpan(_heldLength + start, stop - start));
            start = stop;
        }

        if (start < end) output.Write(piece[start..end]);
    }

    private void Hold(ReadOnlySpan<byte> piece, int keepFrom)
    {
        int keep = piece.Length - keepFrom;
        int fromHeld = Math.Max(0, -keepFrom);
        if (_held.Length < keep) Array.Resize(ref _held, Math.Max(keep, 64));
        _held.AsSpan(_heldLength - fromHeld, fromHeld).CopyTo(_held);
        piece[(piece.Length - (keep - fromHeld))..].CopyTo(_held.AsSpan(fromHeld));
        _heldLength = keep;
        for (int i = 0; i < _matches.Count; i++)
            _matches[i] = (_matches[i].Start - piece.Length, _matches[i].End - piece.Length);
    }
}
