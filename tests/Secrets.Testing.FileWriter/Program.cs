using System.Globalization;
using Secrets;
using Secrets.Testing.FileWriter;

// write STORE KEYFILE ANCHORS NAME          writes versions of NAME-0..NAME-7 until it is killed; one line "name version value" per acknowledged write
// crash STORE KEYFILE ANCHORS STEP          does one of everything, and kills itself at the STEP-th file step; "steps N" if it came to the end
// read STORE KEYFILE ANCHORS NAME           reads NAME-0..NAME-7 over and over; one line "bad ..." per value that is not what a writer writes
string store = args[1];
EncryptedFileOptions options = new(store) { Anchor = new FileRollbackAnchor(args[3]), CompactFromBytes = 64 * 1024, MaxVersions = 3, LockTimeout = TimeSpan.FromSeconds(30) };
options.Unlock.Add(UnlockMethod.KeyFile(args[2]));
using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
return args[0] switch
{
    "write" => await Writing.RunAsync(options, args[4], output),
    "read" => await Reading.RunAsync(options, args[4], output),
    "crash" => await Crashing.RunAsync(options, int.Parse(args[4], CultureInfo.InvariantCulture), output),
    _ => 2,
};
