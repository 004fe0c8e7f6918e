using Dying.Training;

namespace Dying.Comparing;

/// <summary>A remedy judged against the baseline in one situation, over the seeds that both have.</summary>
/// <param name="Dead">The share of dead units after training.</param>
/// <param name="Loss">The loss after training; two networks that failed to learn are equal.</param>
internal sealed record Verdict(string Remedy, Pairs Dead, Pairs Loss, Grade Grade)
{
    /// <summary>The share of networks that may fail where a remedy is said to fix a situation.</summary>
    public const double FailuresOfAFix = 0.1;

    /// <param name="remedy">Runs of one remedy in one situation.</param>
    /// <param name="baseline">Runs of the baseline there.</param>
    public static Verdict Of(string name, IEnumerable<Run> remedy, IEnumerable<Run> baseline)
    {
        (Run Remedy, Run Baseline)[] pairs = [.. remedy.Join(baseline, run => run.Seed, run => run.Seed, (run, other) => (run, other))];
        var dead = Pairs.Of(pairs.Select(pair => (pair.Remedy.End.DeadShare, pair.Baseline.End.DeadShare)));
        var loss = Pairs.Of(pairs.Select(pair => (Counted(pair.Remedy), Counted(pair.Baseline))));
        bool failed = Failures(pairs.Select(pair => pair.Baseline)) > FailuresOfAFix;
        bool fails = Failures(pairs.Select(pair => pair.Remedy)) > FailuresOfAFix;
        Grade grade = loss switch
        {
            { ClearlyLower: true } => failed && !fails ? Grade.Fixes : Grade.Helps,
            { ClearlyHigher: true } => Grade.Harms,
            _ => Grade.NoClearDifference,
        };
        return new(name, dead, loss, grade);
    }

    private static double Counted(Run run) => run.Failed ? Run.FailedFrom : run.RelativeLoss;

    private static double Failures(IEnumerable<Run> runs) => runs.Select(run => run.Failed ? 1.0 : 0).DefaultIfEmpty().Average();
}
