using System.Diagnostics;
using System.Globalization;

namespace Helu.Benchmarks.Ratios;

/// <summary>
/// Times A and B in turns within one process, so that a drift of the machine's speed meets both, and takes the median of the rounds'
/// ratios. The order within a round alternates: the second of two may profit from what the first left in the cache.
/// </summary>
internal static class RatioRunner
{
    private const int Rounds = 31;
    private const int WarmUps = 3;
    private static readonly TimeSpan s_shortestBatch = TimeSpan.FromMilliseconds(4);

    /// <summary>One line: name, median, smallest and largest ratio, what was compared.</summary>
    public static string Run(Ratio ratio)
    {
        Pair pair = ratio.Prepare();
        try
        {
            double[] ratios = Measure(pair);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{ratio.Name} {ratios[ratios.Length / 2]:F3} {ratios[0]:F3} {ratios[^1]:F3} {ratio.A} vs {ratio.B}");
        }
        finally
        {
            pair.Release?.Invoke();
        }
    }

    private static double[] Measure(Pair pair)
    {
        int repeats = Repeats(pair.B);
        for (int i = 0; i < WarmUps; i++)
        {
            Time(pair.A, repeats);
            Time(pair.B, repeats);
        }
        var ratios = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            bool aFirst = round % 2 == 0;
            double first = Time(aFirst ? pair.A : pair.B, repeats);
            double second = Time(aFirst ? pair.B : pair.A, repeats);
            ratios[round] = aFirst ? first / second : second / first;
        }
        Array.Sort(ratios);
        return ratios;
    }

    /// <summary>How often the action must run for a batch that the clock and the scheduler don't blur.</summary>
    private static int Repeats(Action action)
    {
        action();
        for (int repeats = 1; ; repeats *= 2)
        {
            if (Time(action, repeats) >= s_shortestBatch.TotalSeconds)
                return repeats;
        }
    }

    private static double Time(Action action, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
