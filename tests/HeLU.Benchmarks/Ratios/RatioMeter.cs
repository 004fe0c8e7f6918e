using System.Diagnostics;

namespace Helu.Benchmarks.Ratios;

/// <summary>A's time over B's: median, smallest and largest over the rounds.</summary>
internal readonly record struct Ratio(double Median, double Min, double Max);

/// <summary>
/// Times A and B in turns. A round is A B or, every second time, B A; each is repeated until its turn lasts long enough, so that turns are equally long also
/// where one is many times as fast, and the ratio is taken within the round. What slows the machine for longer than a round slows both, and the median drops
/// the rounds that it hit halfway.
/// </summary>
internal static class RatioMeter
{
    private const int MaxRounds = 201;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    public static Ratio Measure(Comparison comparison)
    {
        using Contestants contestants = comparison.Prepare();
        (int A, int B) repeats = Warm(contestants);
        var ratios = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (ratios.Count < comparison.Rounds || (ratios.Count < MaxRounds && Stopwatch.GetElapsedTime(start) < Budget))
            ratios.Add(Round(contestants, repeats, flipped: ratios.Count % 2 == 1));
        ratios.Sort();
        return new Ratio(ratios[ratios.Count / 2], ratios[0], ratios[^1]);
    }

    /// <summary>Runs both until the JIT and libtorch's allocator have settled; returns how often each must run to fill a turn.</summary>
    private static (int A, int B) Warm(Contestants contestants)
    {
        (int a, int b) = (1, 1);
        bool isAShort, isBShort;
        long start = Stopwatch.GetTimestamp();
        do
        {
            isAShort = Time(contestants.A, a) < Turn;
            isBShort = Time(contestants.B, b) < Turn;
            a *= isAShort ? 2 : 1;
            b *= isBShort ? 2 : 1;
        }
        while (isAShort || isBShort || Stopwatch.GetElapsedTime(start) < WarmUp);
        return (a, b);
    }

    private static double Round(Contestants contestants, (int A, int B) repeats, bool flipped)
    {
        TimeSpan a = default;
        if (!flipped)
            a = Time(contestants.A, repeats.A);
        TimeSpan b = Time(contestants.B, repeats.B);
        if (flipped)
            a = Time(contestants.A, repeats.A);
        return a / b * repeats.B / repeats.A;
    }

    private static TimeSpan Time(Action action, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            action();
        return Stopwatch.GetElapsedTime(start);
    }
}
