using BenchmarkDotNet.Running;
using Secrets.Benchmarks;
using Secrets.Benchmarks.Cli;
using Secrets.Benchmarks.Clouds;
using Secrets.Benchmarks.Configuration;
using Secrets.Benchmarks.Injection;
using Secrets.Benchmarks.Listing;
using Secrets.Benchmarks.References;
using Secrets.Benchmarks.ReadPath;

// Without arguments: every paired suite. With a name: that one. `bdn ...`: BenchmarkDotNet's own switcher and arguments.
PairedSuite[] suites =
[
    new("read-path", ReadPathSuite.RunAsync),
    new("encrypted-file", EncryptedFileSuite.RunAsync),
    new("encrypted-file-million", EncryptedFileSuite.RunMillionAsync),
    new("configuration", ConfigurationSuite.RunAsync),
    new("references", ResolveSuite.RunAsync),
    new("large-text", LargeTextSuite.RunAsync),
    new("injection", InjectionSuite.RunAsync),
    new("clouds", CloudsSuite.RunAsync),
    new("cli", CliSuite.RunAsync),
    new("listing", ListingSuite.RunAsync),
];

if (args is ["bdn", .. string[] rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(PairedSuite).Assembly).Run(rest);
    return 0;
}

PairedSuite[] chosen = args.Length == 0 ? [.. suites.Where(suite => !suite.Name.EndsWith("-million", StringComparison.Ordinal))] : [.. suites.Where(suite => args.Contains(suite.Name, StringComparer.Ordinal))];
if (args.Length > 0 && chosen.Length == 0)
{
    Console.Error.WriteLine($"There is no suite of that name. The suites are: {string.Join(", ", suites.Select(suite => suite.Name))}.");
    return 2;
}

foreach (PairedSuite suite in chosen)
{
    Console.WriteLine($"## {suite.Name}");
    await suite.Run(Console.Out);
    Console.WriteLine();
}

return 0;
