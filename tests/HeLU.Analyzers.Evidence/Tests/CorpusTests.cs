using Helu.Analyzers.Evidence.Cases;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Evidence.Tests;

public class CorpusTests
{
    [Fact]
    public void HoldsAtLeastSixtyProgramsOfEveryArea()
    {
        Assert.True(CorpusFiles.Cases.Count >= 60, $"{CorpusFiles.Cases.Count} programs");
        Assert.All(Area.All, area => Assert.Contains(CorpusFiles.Cases, @case => @case.Area == area));
    }

    [Fact]
    public void BothHalvesHoldAsManyProgramsOfEachArea() => Assert.All(
        Area.All, area => Assert.InRange(InHalf(area, Cases.Half.Tuning) - InHalf(area, Cases.Half.HeldOut), 0, 1));

    [Fact]
    public void ProgramsCompileWithoutErrorsAndWarnings()
    {
        IEnumerable<Diagnostic> found = CorpusFiles.Cases.SelectMany(@case => CaseCompilation.Of(@case).Compilation.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed);
        Assert.Equal("", string.Join('\n', found));
    }

    private static int InHalf(Area area, Cases.Half half) => CorpusFiles.Cases.Count(@case => @case.Area == area && @case.Half == half);
}
