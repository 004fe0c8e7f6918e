using Helu.Analyzers.Evidence.Measuring;

namespace Helu.Analyzers.Evidence.Predicting;

/// <summary>A finding of the analysers on a case.</summary>
/// <param name="Rule">The diagnostic's id.</param>
/// <param name="Line">Where it is reported.</param>
/// <param name="ReluLine">The line of the ReLU that it is about.</param>
/// <param name="Share">The share or probability that the rule states, 0 to 1; null for a finding that states none.</param>
/// <param name="Units">The units of that ReLU, where the rule knows them.</param>
/// <param name="Message">What the user reads.</param>
internal sealed record Prediction(string Rule, int Line, int ReluLine, double? Share, double? Units, string Message)
{
    /// <summary>
    /// Whether it says that the program is risky: the rules on dead units do by a number that counts as risky. A number below it, or none (HELU1004
    /// on weights that are all the same and positive), does not; HELU1007 names a bug, HELU1008 is information.
    /// </summary>
    public bool IsOfRisk => Rule switch
    {
        "HELU1001" => Share >= Measurement.RiskyRate,
        // The probability that one output is dead: with a single output all are, with several it is the share of dead ones.
        "HELU1006" => Share >= (Units == 1 ? Measurement.RiskyRate : Measurement.RiskyShare),
        "HELU1002" or "HELU1003" or "HELU1004" or "HELU1005" => Share >= Measurement.RiskyShare,
        _ => false,
    };
}
