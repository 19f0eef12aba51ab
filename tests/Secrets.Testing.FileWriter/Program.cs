using System.Diagnostics;
using System.Globalization;
using Secrets;
using Secrets.Testing.FileWriter;

// A directory holds app.secrets, app.key and anchors/.
//
// write DIRECTORY,... NAME    writes versions of NAME-0..NAME-7 to each store until it is killed; a line "store name version value took" per acknowledged write
// crash DIRECTORY STEP        does one of everything, and kills itself at the STEP-th file step; "end", and where the steps are, if it came to the end
// start DIRECTORY STEP        makes the store and its key, writes a secret, and kills itself at the STEP-th file step; "steps N" if it came to the end
// rotate DIRECTORY STEP       rotates the key, and kills itself at the STEP-th file step; "steps N" if it came to the end
// lock DIRECTORY -            takes the store's lock, says "held", and keeps it until it is killed
// try-lock DIRECTORY -        opens the store and takes its lock if it is free: "held", or "locked"
// make DIRECTORY FILE         makes a file beside the store, says "made", and keeps it open until it is killed
// read DIRECTORY NAME,...     reads NAME-0..NAME-7 over and over; a line "bad ..." per value that is not what a writer writes
// SECRETS_WRITER_RESERVE_FROM says from how many bytes on it reserves space ahead.
// Its standard input ends when whoever started it is gone, however that came about; then it goes too.
new Thread(static () =>
{
    while (Console.OpenStandardInput().ReadByte() >= 0)
    {
        // Nothing is said to it.
    }

    Process.GetCurrentProcess().Kill();
}) { IsBackground = true }.Start();
EncryptedFileOptions[] stores = [.. args[1].Split(',').Select(OptionsIn)];
using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
return args[0] switch
{
    "write" => await Writing.RunAsync(stores, args[2], output),
    "read" => await Reading.RunAsync(stores[0], args[2], output),
    "crash" => await Crashing.RunAsync(stores[0], int.Parse(args[2], CultureInfo.InvariantCulture), output),
    "start" => await Starting.RunAsync(stores[0], int.Parse(args[2], CultureInfo.InvariantCulture), output),
    "rotate" => await Rotating.RunAsync(stores[0], int.Parse(args[2], CultureInfo.InvariantCulture), output),
    "lock" => await Locking.RunAsync(stores[0], output),
    "try-lock" => await Locking.TryAsync(stores[0], output),
    "make" => await Locking.MakeAsync(stores[0], args[2], output),
    _ => 2,
};

static EncryptedFileOptions OptionsIn(string directory)
{
    EncryptedFileOptions options = new(Path.Combine(directory, "app.secrets"))
    {
        Anchor = new FileRollbackAnchor(Path.Combine(directory, "anchors")),
        CompactFromBytes = 64 * 1024,
        MaxVersions = Writing.Kept,
        LockTimeout = TimeSpan.FromSeconds(30),
    };
    if (int.TryParse(Environment.GetEnvironmentVariable("SECRETS_WRITER_RESERVE_FROM"), CultureInfo.InvariantCulture, out int reserveFrom))
        options.ReserveFromBytes = reserveFrom;
    options.Unlock.Add(UnlockMethod.KeyFile(Path.Combine(directory, "app.key")));
    return options;
}
