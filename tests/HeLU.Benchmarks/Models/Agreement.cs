namespace Helu.Benchmarks.Models;

/// <summary>Whether contestants compute the same: only then do their times compare.</summary>
internal static class Agreement
{
    private const double Tolerance = 1e-4;

    /// <summary>The largest difference may be 1e-4 of the largest expected output.</summary>
    /// <exception cref="InvalidOperationException">It is larger, or not a number.</exception>
    public static void Check(string row, (string Name, float[] Output) contestant, (string Name, float[] Output) expected)
    {
        if (contestant.Output.Length != expected.Output.Length)
            throw new InvalidOperationException($"{row}: {contestant.Name} computes {contestant.Output.Length} numbers, {expected.Name} {expected.Output.Length}.");
        double largest = expected.Output.Max(Math.Abs);
        double difference = contestant.Output.Zip(expected.Output, (a, b) => Math.Abs((double)a - b)).Max();
        if (!(difference <= Tolerance * largest))
            throw new InvalidOperationException($"{row}: {contestant.Name} and {expected.Name} differ by up to {difference:G3}; expected at most {Tolerance} of the largest output, {largest:G3}.");
    }
}
