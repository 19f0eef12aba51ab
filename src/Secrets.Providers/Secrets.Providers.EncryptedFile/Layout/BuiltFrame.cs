namespace Secrets;

/// <summary>A frame ready to be written.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="Directory">Its directory, not sealed.</param>
internal sealed record BuiltFrame(FrameHeader Header, byte[] Bytes, byte[] Directory)
{
    internal ReadOnlySpan<byte> Chain => Bytes.AsSpan(Header.ChainOffset, FrameHeader.ChainLength);
}
