namespace Secrets.Testing.FileWriter;

internal enum FileCall
{
    Open,
    Create,
    Lock,
    Exists,
    List,
    Replace,
    MoveNew,
    Delete,
    CreateDirectory,
    SyncDirectory,
    IsAt,
    Stamp,
    GetLength,
    Read,
    Write,
    SetLength,
    Sync,
}
