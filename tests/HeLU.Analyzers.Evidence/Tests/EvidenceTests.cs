using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Report;

namespace Helu.Analyzers.Evidence.Tests;

/// <summary>What the rules predict agrees with what is measured.</summary>
public class EvidenceTests(MeasuredCorpus corpus) : IClassFixture<MeasuredCorpus>
{
    private const double RequiredPrecision = 0.9;
    private const double RequiredRecall = 0.8;

    [Fact]
    public void NineOfTenPredictionsOfDeathAreMeasured()
    {
        Score score = Score.Overall(corpus.Results);
        Assert.True(score.Precision >= RequiredPrecision, $"{score}; {Names(result => result.IsPredictedRisky && !result.Measurement.IsRisky)}");
    }

    [Fact]
    public void EightOfTenMeasuredRisksArePredicted()
    {
        Score score = Score.Overall(corpus.Results);
        Assert.True(score.Recall >= RequiredRecall, $"{score}; {Names(result => !result.IsPredictedRisky && result.Measurement.IsRisky)}");
    }

    [Fact]
    public void WellKnownArchitecturesAreHealthyAndNoRuleSpeaks()
    {
        Assert.Equal("", Names(result => result.Case.Area.Name == Area.Controls && result.Predictions.Count > 0));
        Assert.Equal("", Names(result => result.Case.Area.Name == Area.Controls && result.Measurement.IsRisky));
    }

    [Fact]
    public void AboutHalfOfTheProgramsAreRisky() =>
        Assert.InRange((double)corpus.Results.Count(result => result.Measurement.IsRisky) / corpus.Results.Count, 0.35, 0.65);

    private string Names(Func<CaseResult, bool> isNamed) => string.Join(", ", corpus.Results.Where(isNamed).Select(result => result.Case));
}
