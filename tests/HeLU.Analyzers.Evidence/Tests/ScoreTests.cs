using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Measuring;
using Helu.Analyzers.Evidence.Predicting;
using Helu.Analyzers.Evidence.Report;

namespace Helu.Analyzers.Evidence.Tests;

public class ScoreTests
{
    private static readonly Measurement s_risky = Measured(0.5);
    private static readonly Measurement s_healthy = Measured(0.1);

    [Fact]
    public void OverallScoreCountsCases()
    {
        Score score = Score.Overall(
        [
            Result(s_risky, Finding("HELU1002", 0.4), Finding("HELU1004", null)), Result(s_risky), Result(s_risky, Finding("HELU1003", 0.9)),
            Result(s_healthy, Finding("HELU1001", 0.2)), Result(s_healthy),
        ]);
        Assert.Equal(new Score(Hits: 2, FalseAlarms: 1, Misses: 1), score);
        Assert.Equal(2 / 3.0, score.Precision, 12);
        Assert.Equal(2 / 3.0, score.Recall, 12);
    }

    [Fact]
    public void FindingsThatStateLittleRiskAndThoseOfBugsDoNotPredictRisk() => Assert.Equal(
        new Score(Hits: 0, FalseAlarms: 0, Misses: 2),
        Score.Overall([Result(s_risky, Finding("HELU1006", 0.02)), Result(s_risky, Finding("HELU1007", null)), Result(s_healthy, Finding("HELU1004", null)), Result(s_healthy, Finding("HELU1008", null))]));

    [Fact]
    public void ARuleMissesOnlyCasesOfItsOwnArea()
    {
        CaseResult[] results = [Result(s_risky), Result(s_risky) with { Case = Case("DeepDefault") }, Result(s_healthy, Finding("HELU1002", 0.4))];
        Assert.Equal(new Score(Hits: 0, FalseAlarms: 1, Misses: 1), Score.OfRule("HELU1002", results));
    }

    [Fact]
    public void CalibrationComparesTheStatedShareWithTheReluThatItIsAbout()
    {
        var measured = new Measurement([new LayerDeath(3, 0, 8, 0.1, 0), new LayerDeath(4, 0, 8, 0.5, 0)], 0, 0, 0);
        Calibration calibration = Calibration.Of("HELU1002", [Result(measured, new Prediction("HELU1002", 9, ReluLine: 3, 0.3, Units: null, ""), Finding("HELU1002", null))])!;
        Assert.Equal(new Calibration(1, 0.3, 0.1, Error: 0.2), calibration with { Error = Math.Round(calibration.Error, 12) });
    }

    private static Prediction Finding(string rule, double? share) => new(rule, Line: 1, ReluLine: 1, share, Units: null, "");

    private static CaseResult Result(Measurement measurement, params Prediction[] predictions) => new(Case("Healthy"), predictions, measurement);

    private static EvidenceCase Case(string area) => new(Area.All.Single(one => one.Name == area), "Test", Cases.Half.Tuning, "");

    private static Measurement Measured(double dead) => new([new LayerDeath(1, 0, 8, dead, dead)], 0, 0, 0);
}
