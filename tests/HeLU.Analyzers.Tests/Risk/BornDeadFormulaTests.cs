extern alias compiler;

using System.Numerics;
using compiler::Helu.Analyzers.Risk;

namespace Helu.Analyzers.Tests.Risk;

/// <summary>The bound of Lu et al. (arXiv 1903.06733), theorem 3, for networks of L layers of which L - 1 are hidden.</summary>
public class BornDeadFormulaTests
{
    /// <summary>Bound and measurement (Monte Carlo, zero bias, normal weights) of the project's facts.</summary>
    [Theory]
    [InlineData(2, 10, 0.925, 0.880)]
    [InlineData(4, 30, 0.846, 0.804)]
    [InlineData(8, 30, 0.107, 0.070)]
    [InlineData(16, 50, 0.00075, 0.00055)]
    public void The_bound_is_the_paper_s_and_above_what_is_measured(int width, int layers, double bound, double measured)
    {
        double found = BornDead.Bound(Enumerable.Repeat((long)width, layers - 1));

        Assert.Equal(bound, found, 0.0005);
        Assert.True(found >= measured);
    }

    /// <summary>With whole numbers: 1 - (2^N - 1)^(L-1) / 2^(N (L-1)).</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 7)]
    [InlineData(8, 40)]
    [InlineData(20, 150)]
    public void The_bound_is_exact(int width, int layers)
    {
        BigInteger all = BigInteger.Pow(BigInteger.Pow(2, width), layers - 1);
        BigInteger alive = BigInteger.Pow(BigInteger.Pow(2, width) - 1, layers - 1);
        double expected = Math.Exp(BigInteger.Log(all - alive) - BigInteger.Log(all));

        Assert.Equal(expected, BornDead.Bound(Enumerable.Repeat((long)width, layers - 1)), 12);
    }

    /// <summary>1 - (1 - 1/4)(1 - 1/16)(1 - 1/2).</summary>
    [Fact]
    public void Widths_may_differ() => Assert.Equal(1 - (0.75 * 0.9375 * 0.5), BornDead.Bound([2, 4, 1]), 15);

    [Fact]
    public void No_hidden_layer_is_no_risk() => Assert.Equal(0, BornDead.Bound([]));

    /// <summary>The project's facts: the width that keeps the bound at or below 10 %.</summary>
    [Theory]
    [InlineData(5, 6)]
    [InlineData(10, 7)]
    [InlineData(20, 8)]
    [InlineData(50, 9)]
    public void The_safe_width_keeps_the_bound(int layers, long width) => Assert.Equal(width, BornDead.SafeWidth(layers - 1, 0.1));
}
