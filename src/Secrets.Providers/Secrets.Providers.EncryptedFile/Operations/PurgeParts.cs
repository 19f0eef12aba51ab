namespace Secrets;

/// <summary>What a purge removes. The numbers are part of the format.</summary>
[Flags]
internal enum PurgeParts : byte
{
    None = 0,
    Live = 1,
    Deleted = 2,
}
