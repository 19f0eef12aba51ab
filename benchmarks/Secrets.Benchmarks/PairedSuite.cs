namespace Secrets.Benchmarks;

/// <summary>A set of measurements that belong in one run, beside one floor.</summary>
/// <param name="Name">What to say on the command line to run it alone.</param>
/// <param name="Run">Measures and prints.</param>
public sealed record PairedSuite(string Name, Func<TextWriter, Task> Run);
