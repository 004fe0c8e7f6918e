using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Measuring;
using Helu.Analyzers.Evidence.Predicting;

namespace Helu.Analyzers.Evidence.Report;

/// <summary>What was predicted for a case and what was measured.</summary>
internal sealed record CaseResult(EvidenceCase Case, IReadOnlyList<Prediction> Predictions, Measurement Measurement)
{
    public bool IsPredictedRisky => Predictions.Any(prediction => prediction.IsOfRisk);

    public bool IsFlaggedBy(string rule) => Predictions.Any(prediction => prediction.Rule == rule);

    public static CaseResult Of(EvidenceCase @case, Effort effort) => new(@case, Analysis.Of(@case), Measurement.Of(@case, effort));

    /// <summary>
    /// What a prediction's number is to be compared with: the rate of networks born dead (HELU1001), the share of dead units after training
    /// (HELU1005), or the share of dead units at initialisation, of the ReLU that the finding is about where its line tells it.
    /// </summary>
    public double Counterpart(Prediction prediction) => prediction.Rule switch
    {
        "HELU1001" => Measurement.AllDeadAtInitialisation,
        "HELU1005" => Measurement.WorstTrained,
        _ => Measurement.Layers.Where(layer => layer.Line == prediction.ReluLine).Select(layer => layer.AtInitialisation)
            .DefaultIfEmpty(Measurement.WorstAtInitialisation).Max(),
    };
}
