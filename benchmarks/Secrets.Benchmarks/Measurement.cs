namespace Secrets.Benchmarks;

/// <summary>One thing measured: time and bytes per operation, beside the floor of the same run.</summary>
/// <param name="Name">What.</param>
/// <param name="Nanoseconds">Per operation, the median of the rounds.</param>
/// <param name="Bytes">Allocated per operation on the measuring thread.</param>
/// <param name="Ratio">Against the floor, the median of the rounds' own ratios.</param>
public sealed record Measurement(string Name, double Nanoseconds, double Bytes, double Ratio);
