namespace Dying.Comparing;

/// <summary>A remedy against the baseline, seed by seed.</summary>
/// <param name="Lower">Seeds in which the remedy's figure is the lower one.</param>
/// <param name="Higher">Seeds in which it is the higher one.</param>
/// <param name="Equal">Seeds in which neither is.</param>
internal readonly record struct Pairs(int Lower, int Higher, int Equal)
{
    /// <summary>A difference is clear below this p-value. It is low because dozens of remedies are looked at: one in a hundred is clear by chance.</summary>
    public const double Clear = 0.01;

    public double PValue => SignTest.PValue(Lower, Higher);

    public bool ClearlyLower => Lower > Higher && PValue < Clear;

    public bool ClearlyHigher => Higher > Lower && PValue < Clear;

    public static Pairs Of(IEnumerable<(double Remedy, double Baseline)> pairs)
    {
        int lower = 0, higher = 0, equal = 0;
        foreach ((double remedy, double baseline) in pairs)
        {
            if (remedy < baseline)
                lower++;
            else if (remedy > baseline)
                higher++;
            else
                equal++;
        }
        return new(lower, higher, equal);
    }
}
