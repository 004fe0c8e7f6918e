using Helu.Analyzers.Evidence.Predicting;

namespace Helu.Analyzers.Evidence.Report;

/// <summary>The numbers in a rule's messages beside what was measured, means over its findings that state one.</summary>
/// <param name="Findings">How many state one.</param>
/// <param name="Predicted">Mean prediction, 0 to 1.</param>
/// <param name="Measured">Mean of what was measured.</param>
/// <param name="Error">Mean absolute difference.</param>
internal sealed record Calibration(int Findings, double Predicted, double Measured, double Error)
{
    public static Calibration? Of(string rule, IEnumerable<CaseResult> results)
    {
        (double Predicted, double Measured)[] pairs =
        [
            .. results.SelectMany(result => result.Predictions
                .Where(prediction => prediction.Rule == rule && prediction.Share is not null)
                .Select((Prediction prediction) => (prediction.Share!.Value, result.Counterpart(prediction)))),
        ];
        return pairs.Length == 0 ? null : new(
            pairs.Length, pairs.Average(pair => pair.Predicted), pairs.Average(pair => pair.Measured), pairs.Average(pair => Math.Abs(pair.Predicted - pair.Measured)));
    }
}
