using Dying.Comparing;
using Dying.Measuring;
using Dying.Remedies;
using Dying.Situations;
using Dying.Training;

namespace Dying.Tests;

/// <summary>Runs with made-up figures, of seeds 1, 2, ...</summary>
internal static class MadeUp
{
    public const int Units = 100;

    public static Run[] Runs(string remedy, int[] dead, double[] losses, Situation? situation = null) =>
    [
        .. dead.Zip(losses, (count, loss) => (count, loss)).Select((figures, index) => new Run(
            (situation ?? MomentumRate.Situation).Name, remedy, index + 1, new(Units, 2, 1, false), new(Units, figures.count, 0, figures.count == Units), figures.loss)),
    ];

    /// <summary>Ten seeds with the same figures.</summary>
    public static Run[] Ten(string remedy, int dead, double loss, Situation? situation = null) =>
        Runs(remedy, [.. Enumerable.Repeat(dead, 10)], [.. Enumerable.Repeat(loss, 10)], situation);

    public static SituationResult Result(params Run[][] runs) =>
        SituationResult.Of([MomentumRate.Situation], [.. runs.SelectMany(run => run)]).Single();

    public static Verdict Against(this Run[] remedy, Run[] baseline) => Verdict.Of(remedy[0].Remedy, remedy, baseline);

    public static Run[] Baseline(int dead, double loss) => Ten(RemedyCatalog.Baseline.Name, dead, loss);
}
