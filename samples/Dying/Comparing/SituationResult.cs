using Dying.Remedies;
using Dying.Situations;
using Dying.Training;

namespace Dying.Comparing;

/// <summary>What came out of one situation.</summary>
/// <param name="Runs">Those of each remedy, the baseline first.</param>
/// <param name="Verdicts">One for each remedy but the baseline.</param>
internal sealed record SituationResult(Situation Situation, IReadOnlyList<(string Remedy, IReadOnlyList<Run> Runs)> Runs, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>The situations that have runs of the baseline.</summary>
    public static IReadOnlyList<SituationResult> Of(IReadOnlyList<Situation> situations, IReadOnlyList<Run> runs) =>
        [.. situations.Select(situation => Of(situation, [.. runs.Where(run => run.Situation == situation.Name)])).OfType<SituationResult>()];

    private static SituationResult? Of(Situation situation, IReadOnlyList<Run> runs)
    {
        (string Remedy, IReadOnlyList<Run> Runs)[] byRemedy =
        [
            .. situation.Remedies.Prepend(RemedyCatalog.Baseline)
                .Select(remedy => (remedy.Name, (IReadOnlyList<Run>)[.. runs.Where(run => run.Remedy == remedy.Name)]))
                .Where(remedy => remedy.Item2.Count > 0),
        ];
        if (byRemedy is not [(string first, IReadOnlyList<Run> baseline), .. var remedies] || first != RemedyCatalog.Baseline.Name)
            return null;
        return new(situation, byRemedy, [.. remedies.Select(remedy => Verdict.Of(remedy.Remedy, remedy.Runs, baseline))]);
    }
}
