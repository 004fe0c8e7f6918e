using Dying.Comparing;
using Dying.Training;

namespace Dying.Tests;

public sealed class VerdictTests
{
    [Fact]
    public void A_lower_loss_in_networks_that_all_learn_fixes_what_made_them_fail()
    {
        Verdict verdict = MadeUp.Ten("x", 5, 0.3).Against(MadeUp.Baseline(40, 1));
        Assert.Equal(Grade.Fixes, verdict.Grade);
        Assert.Equal(new Pairs(10, 0, 0), verdict.Dead);
        Assert.Equal(new Pairs(10, 0, 0), verdict.Loss);
    }

    [Fact]
    public void Living_units_fix_nothing_while_the_networks_fail()
    {
        Verdict verdict = MadeUp.Ten("x", 5, 0.95).Against(MadeUp.Baseline(40, 1));
        Assert.Equal(Grade.NoClearDifference, verdict.Grade);
        Assert.True(verdict.Dead.ClearlyLower);
        Assert.Equal(new Pairs(0, 0, 10), verdict.Loss);
    }

    [Fact]
    public void Two_networks_that_failed_are_equal_whether_they_diverged_or_not() =>
        Assert.Equal(new Pairs(0, 0, 10), MadeUp.Ten("x", 100, double.PositiveInfinity).Against(MadeUp.Baseline(40, 1)).Loss);

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_fix_lets_a_tenth_of_the_networks_fail_and_no_more(int failing, bool isFix)
    {
        Run[] remedy = MadeUp.Runs("x", new int[20], [.. Enumerable.Range(0, 20).Select(seed => seed < failing ? 1 : 0.3)]);
        Run[] baseline = MadeUp.Runs("ReLU", new int[20], [.. Enumerable.Repeat(1.0, 20)]);
        Assert.Equal(isFix ? Grade.Fixes : Grade.Helps, remedy.Against(baseline).Grade);
    }

    [Fact]
    public void Where_no_network_failed_a_lower_loss_helps() =>
        Assert.Equal(Grade.Helps, MadeUp.Ten("x", 0, 0.2).Against(MadeUp.Baseline(0, 0.3)).Grade);

    [Fact]
    public void A_higher_loss_harms() => Assert.Equal(Grade.Harms, MadeUp.Ten("x", 0, 0.4).Against(MadeUp.Baseline(40, 0.3)).Grade);

    [Fact]
    public void Few_seeds_say_nothing()
    {
        Run[] remedy = [.. MadeUp.Ten("x", 0, 0.2).Take(7)];
        Assert.Equal(Grade.NoClearDifference, remedy.Against(MadeUp.Baseline(40, 1)).Grade);
    }

    [Fact]
    public void Only_seeds_that_both_have_are_compared()
    {
        Run[] remedy = [.. MadeUp.Ten("x", 0, 0.2).Skip(4)];
        Assert.Equal(new Pairs(5, 0, 0), remedy.Against([.. MadeUp.Baseline(40, 1).Take(9)]).Loss);
    }

    [Fact]
    public void Seeds_are_paired_not_averaged()
    {
        // The remedy is lower by a little in nine seeds, and higher by much in one.
        Run[] baseline = MadeUp.Runs("ReLU", new int[10], [.. Enumerable.Range(0, 10).Select(seed => 0.1 + (0.05 * seed))]);
        Run[] remedy = MadeUp.Runs("x", new int[10], [.. Enumerable.Range(0, 10).Select(seed => seed == 0 ? 0.8 : 0.09 + (0.05 * seed))]);
        Assert.Equal(new Pairs(9, 1, 0), remedy.Against(baseline).Loss);
    }
}
