namespace Dying.Situations;

/// <summary>All situations, in the order of the report.</summary>
internal static class SituationCatalog
{
    public static IReadOnlyList<Situation> All { get; } =
    [
        DeepNarrow.Situation,
        DefaultInitialisation.Situation,
        MomentumRate.Situation,
        PlainRate.Situation,
        NegativeBias.Situation,
        OutputReLU.Situation,
    ];
}
