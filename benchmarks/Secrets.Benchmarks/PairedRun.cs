using System.Diagnostics;

namespace Secrets.Benchmarks;

/// <summary>
/// Measures things beside a floor in one process, round by round and interleaved, so that what else the machine does falls on all of them.
/// The ratio is taken inside each round and its median given: steadier on a shared machine than two means from two runs.
/// </summary>
/// <param name="round">How long one entry is measured in one round.</param>
/// <param name="rounds">How many rounds.</param>
/// <param name="minimum">The least number of operations in a round: 1,000 for nanoseconds, 1 for what takes milliseconds.</param>
/// <param name="pause">
/// How long to wait, outside the measuring, before each entry: for what the entry before it leaves running in the background, which would be
/// charged to its neighbour. Default none.
/// </param>
public sealed class PairedRun(TimeSpan round, int rounds, int minimum = 1000, TimeSpan pause = default)
{
    private readonly List<(string Name, Action<int> Body)> _entries = [];

    /// <summary>Adds a thing to measure; the first is the floor.</summary>
    /// <param name="name">What.</param>
    /// <param name="body">Does it so many times.</param>
    /// <returns>This run.</returns>
    public PairedRun Add(string name, Action<int> body)
    {
        _entries.Add((name, body));
        return this;
    }

    /// <summary>Measures, prints a table, and returns it.</summary>
    /// <param name="output">Where to print.</param>
    /// <returns>One measurement an entry, in the order added.</returns>
    public IReadOnlyList<Measurement> Run(TextWriter output)
    {
        int[] counts = [.. _entries.Select(entry => CountFor(entry.Body))];
        double[][] times = [.. _entries.Select(_ => new double[rounds])];
        double[] bytes = new double[_entries.Count];
        for (int r = 0; r < rounds; r++)
        {
            for (int i = 0; i < _entries.Count; i++)
            {
                if (pause > TimeSpan.Zero) Thread.Sleep(pause);
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                _entries[i].Body(counts[i]);
                times[i][r] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / counts[i];
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)counts[i];
            }
        }

        List<Measurement> table = [];
        output.WriteLine($"{"",-58} {"ns",10} {"bytes",9} {"x floor",8}");
        for (int i = 0; i < _entries.Count; i++)
        {
            Measurement line = new(_entries[i].Name, Median(times[i]), bytes[i], Median([.. times[i].Zip(times[0], (mine, floor) => mine / floor)]));
            table.Add(line);
            output.WriteLine($"{line.Name,-58} {line.Nanoseconds,10:N1} {line.Bytes,9:N1} {line.Ratio,8:N2}");
        }

        return table;
    }

    private int CountFor(Action<int> body)
    {
        // Twice through the tiers of the compiler, then as many as fill a round.
        for (int i = 0; i < 200; i++)
            body((minimum + 1) / 2);
        Thread.Sleep(200);
        for (int count = minimum; ; count *= 2)
        {
            long start = Stopwatch.GetTimestamp();
            body(count);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            if (took > round / 8 || count > 1 << 28) return (int)Math.Clamp(count * (round / took), minimum, int.MaxValue / 2);
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
