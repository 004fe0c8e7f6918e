namespace Helu.Benchmarks.Ratios;

/// <summary>Two ways to do the same work, timed against each other.</summary>
/// <param name="Name">Dotted, without spaces; what <c>--filter</c> looks in.</param>
/// <param name="A">What ours is called.</param>
/// <param name="B">What it is compared with.</param>
/// <param name="Prepare">Makes both actions; called once, just before they are timed.</param>
internal sealed record Ratio(string Name, string A, string B, Func<Pair> Prepare);

/// <summary>The two actions of a ratio, and what they hold.</summary>
internal sealed record Pair(Action A, Action B, Action? Release = null);
