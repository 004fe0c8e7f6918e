using Dying.Comparing;
using Dying.Report;
using Dying.Training;
using Samples.Common;
using Spectre.Console;

namespace Dying.Tests;

public sealed class ReportTests
{
    [Fact]
    public void Sentences_follow_from_the_figures()
    {
        SituationResult result = MadeUp.Result(
            MadeUp.Baseline(40, 1), MadeUp.Ten("HeLU-0.05", 40, 1), MadeUp.Ten("HeLU-1", 10, 0.95), MadeUp.Ten("BatchNorm", 10, 0.2), MadeUp.Ten("lr/10", 10, 0.3));
        Assert.Equal(
            ["fixes: BatchNorm, lr/10", "no clear difference: HeLU-0.05, HeLU-1", "fewer dead units, but no lower loss: HeLU-1"],
            Words.Sentences(result));
    }

    [Fact]
    public void The_summary_says_where_HeLU_fixes_and_what_else_does()
    {
        SituationResult fixedByHeLU = MadeUp.Result(MadeUp.Baseline(40, 1), MadeUp.Ten("HeLU-0.05", 40, 1), MadeUp.Ten("HeLU-1", 10, 0.3), MadeUp.Ten("lr/10", 10, 0.3));
        SituationResult harmed = MadeUp.Result(MadeUp.Baseline(40, 0.3), MadeUp.Ten("HeLU-0.05", 40, 0.2), MadeUp.Ten("HeLU-1", 10, 0.8));
        SituationResult withoutHeLU = MadeUp.Result(MadeUp.Baseline(40, 1), MadeUp.Ten("lr/10", 10, 0.3));
        Assert.Equal(
            ["momentum: HeLU-1 fixes it. Other fixes: lr/10.", "momentum: no HeLU tried fixes it; HeLU-0.05 helps; HeLU-1 harms. Nothing else tried fixes it."],
            Summary.Sentences([fixedByHeLU, harmed, withoutHeLU]));
    }

    [Fact]
    public void A_situation_without_a_run_of_ReLU_is_left_out() =>
        Assert.Empty(SituationResult.Of([Situations.MomentumRate.Situation], MadeUp.Ten("HeLU-1", 10, 0.3)));

    [Fact]
    public void A_table_shows_shares_medians_and_the_verdict_of_each_remedy()
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        ConsoleWidth.AtLeast(console, 200);
        Run[] remedy = MadeUp.Runs("HeLU-1", [10, 30, 10, 30, 10, 30, 10, 30, 10, 30], [.. Enumerable.Repeat(0.25, 9), double.PositiveInfinity]);

        SituationTable.Write(console, MadeUp.Result(MadeUp.Baseline(40, 1), remedy));

        // dead after: mean 20, sample deviation 10.54, standard error 3.33
        string row = output.ToString().Split('\n').Single(line => line.Contains("│ HeLU-1", StringComparison.Ordinal));
        Assert.Equal(
            ["HeLU-1", "2", "50", "20.0 ± 3.3", "0", "10", "10", "0.25 [0.25, 0.25]", "10 : 0*", "9 : 0*", "fixes"],
            row.Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData(0.5, 2.5)]
    [InlineData(0.25, 1.75)]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    public void Quantiles_are_NumPys(double share, double expected) => Assert.Equal(expected, Statistics.Quantile([4, 1, 3, 2], share), 1e-12);

    [Fact]
    public void A_median_of_mostly_infinite_values_is_infinite()
    {
        Assert.Equal(double.PositiveInfinity, Statistics.Median([1, double.PositiveInfinity, double.PositiveInfinity]));
        Assert.Equal(double.PositiveInfinity, Statistics.Median([1, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => Statistics.Median([]));
    }
}
