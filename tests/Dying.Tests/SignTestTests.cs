using Dying.Comparing;

namespace Dying.Tests;

public sealed class SignTestTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 5, 1)]
    [InlineData(10, 0, 2.0 / 1024)]
    [InlineData(1, 9, 2.0 * (1 + 10) / 1024)]
    [InlineData(8, 2, 2.0 * (1 + 10 + 45) / 1024)]
    [InlineData(3, 17, 2.0 * (1 + 20 + 190 + 1140) / 1048576)]
    public void The_p_value_is_twice_the_smaller_binomial_tail(int better, int worse, double expected) =>
        Assert.Equal(expected, SignTest.PValue(better, worse), 1e-12);

    [Theory]
    [InlineData(7, 0, false)] // p = .016
    [InlineData(8, 0, true)] // p = .0078
    [InlineData(16, 4, false)] // p = .012
    [InlineData(17, 3, true)] // p = .0026
    public void A_difference_is_clear_below_a_hundredth(int lower, int higher, bool clear)
    {
        Assert.Equal(clear, new Pairs(lower, higher, 0).ClearlyLower);
        Assert.Equal(clear, new Pairs(higher, lower, 0).ClearlyHigher);
        Assert.False(new Pairs(lower, higher, 0).ClearlyHigher);
    }
}
