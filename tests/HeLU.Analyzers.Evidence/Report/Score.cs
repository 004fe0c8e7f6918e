namespace Helu.Analyzers.Evidence.Report;

/// <summary>How well a prediction of risk agrees with the measured risk.</summary>
/// <param name="Hits">Predicted and measured.</param>
/// <param name="FalseAlarms">Predicted, not measured.</param>
/// <param name="Misses">Measured, not predicted.</param>
/// <param name="HitsElsewhere">Hits among the cases whose misses do not count: recall leaves them out.</param>
internal sealed record Score(int Hits, int FalseAlarms, int Misses, int HitsElsewhere = 0)
{
    /// <summary>NaN where nothing was predicted.</summary>
    public double Precision => (double)Hits / (Hits + FalseAlarms);

    /// <summary>NaN where nothing was to be found.</summary>
    public double Recall => (double)(Hits - HitsElsewhere) / (Hits - HitsElsewhere + Misses);

    /// <summary>Of all rules together: of the findings that say that a program is risky.</summary>
    public static Score Overall(IEnumerable<CaseResult> results) =>
        Of(results, result => result.IsPredictedRisky, result => result.Measurement.IsRisky, _ => true);

    /// <summary>Of all findings of one rule. Its precision is over all cases that it speaks in, its recall over the risky cases of its own area.</summary>
    public static Score OfRule(string rule, IEnumerable<CaseResult> results) =>
        Of(results, result => result.IsFlaggedBy(rule), result => result.Measurement.IsRisky, result => result.Case.Area.Rule == rule);

    private static Score Of(IEnumerable<CaseResult> results, Func<CaseResult, bool> predicted, Func<CaseResult, bool> risky, Func<CaseResult, bool> mayMiss)
    {
        CaseResult[] all = [.. results];
        return new(
            all.Count(result => predicted(result) && risky(result)),
            all.Count(result => predicted(result) && !risky(result)),
            all.Count(result => !predicted(result) && risky(result) && mayMiss(result)),
            all.Count(result => predicted(result) && risky(result) && !mayMiss(result)));
    }
}
