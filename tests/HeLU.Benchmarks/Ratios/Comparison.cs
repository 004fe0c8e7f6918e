namespace Helu.Benchmarks.Ratios;

/// <summary>Two ways to do the same, to be timed against each other.</summary>
/// <param name="Name">Without spaces.</param>
/// <param name="A">What ours is called.</param>
/// <param name="B">What it is compared with.</param>
/// <param name="Prepare">Makes the two actions; called right before they are measured, the result disposed right after.</param>
/// <param name="Rounds">The fewest rounds that give a median; less where one takes seconds.</param>
internal sealed record Comparison(string Name, string A, string B, Func<Contestants> Prepare, int Rounds = 31);

/// <summary>The two actions of a comparison and what they hold.</summary>
internal sealed record Contestants(Action A, Action B, params IDisposable[] Held) : IDisposable
{
    public void Dispose()
    {
        foreach (IDisposable held in Held)
            held.Dispose();
    }
}

/// <summary>Comparisons that belong together. To add some: a class with this interface, named in <see cref="RatiosCommand"/>.</summary>
internal interface IComparisonGroup
{
    IEnumerable<Comparison> Comparisons { get; }
}
