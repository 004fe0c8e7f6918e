namespace Helu.Analyzers.Risk;

/// <summary>
/// The probability that a network of fully connected ReLU layers gives one constant for every input at initialisation, because a layer has no unit that fires
/// (Lu, Shin, Su, Karniadakis, arXiv 1903.06733): at most 1 - prod (1 - 2^-N_l) over the widths N_l of the hidden layers, for symmetric weights and zero bias.
/// </summary>
internal static class BornDead
{
    /// <summary>The bound for hidden layers of these widths.</summary>
    public static double Bound(IEnumerable<long> widths) => 1 - widths.Aggregate(1.0, (alive, width) => alive * (1 - Math.Pow(2, -width)));

    /// <summary>The least width for all of <paramref name="depth"/> hidden layers that keeps the bound at or below <paramref name="probability"/>.</summary>
    /// <param name="depth">How many hidden layers.</param>
    /// <param name="probability">Above 0.</param>
    public static long SafeWidth(int depth, double probability)
    {
        long width = 1;
        while (Bound(Enumerable.Repeat(width, depth)) > probability)
            width++;
        return width;
    }
}
