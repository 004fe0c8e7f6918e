using System.Diagnostics;

namespace Helu.Benchmarks.Ratios;

/// <summary>A's time over B's: median, smallest and largest over the rounds.</summary>
internal readonly record struct Ratio(double Median, double Min, double Max);

/// <summary>
/// Times A and B in turns. A round is A B or, every second time, B A, each repeated until it lasts long enough; the ratio is taken
/// within the round. What slows the machine for longer than a round slows both, and the median drops the rounds that it hit halfway.
/// </summary>
internal static class RatioMeter
{
    private const int MinRounds = 31;
    private const int MaxRounds = 201;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    public static Ratio Measure(Comparison comparison)
    {
        using Contestants contestants = comparison.Prepare();
        int repeats = Warm(contestants);
        var ratios = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (ratios.Count < MinRounds || (ratios.Count < MaxRounds && Stopwatch.GetElapsedTime(start) < Budget))
            ratios.Add(Round(contestants, repeats, flipped: ratios.Count % 2 == 1));
        ratios.Sort();
        return new Ratio(ratios[ratios.Count / 2], ratios[0], ratios[^1]);
    }

    /// <summary>Runs both until the JIT and libtorch's allocator have settled; returns how often each must run to fill a turn.</summary>
    private static int Warm(Contestants contestants)
    {
        int repeats = 1;
        long start = Stopwatch.GetTimestamp();
        do
        {
            TimeSpan faster = TimeSpan.FromTicks(Math.Min(Time(contestants.A, repeats).Ticks, Time(contestants.B, repeats).Ticks));
            if (faster < Turn)
                repeats = (int)Math.Min(repeats * 2L, (long)(repeats * (Turn / faster)) + 1);
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUp);
        return repeats;
    }

    private static double Round(Contestants contestants, int repeats, bool flipped)
    {
        if (!flipped)
        {
            TimeSpan first = Time(contestants.A, repeats);
            return first / Time(contestants.B, repeats);
        }
        TimeSpan b = Time(contestants.B, repeats);
        return Time(contestants.A, repeats) / b;
    }

    private static TimeSpan Time(Action action, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            action();
        return Stopwatch.GetElapsedTime(start);
    }
}
