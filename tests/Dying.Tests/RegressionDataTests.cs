using Dying.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Dying.Tests;

public sealed class RegressionDataTests
{
    [Fact]
    public void Targets_have_mean_0_and_variance_1()
    {
        using RegressionData data = Draw(new LinearPlusSine(), seed: 1);
        Assert.Equal([RegressionData.TrainCount, 32], data.TrainInputs.shape);
        Assert.Equal([RegressionData.HeldOutCount, 1], data.HeldOutTargets.shape);
        using Tensor mean = data.TrainTargets.mean(), variance = data.TrainTargets.var(), heldOut = data.HeldOutTargets.var();
        Assert.Equal(0, mean.item<float>(), 1e-5);
        Assert.Equal(1, variance.item<float>(), 1e-4);
        Assert.InRange(heldOut.item<float>(), 0.8, 1.2);
    }

    [Fact]
    public void The_absolute_value_is_a_line_of_slope_1_over_its_own_deviation()
    {
        using RegressionData data = Draw(new AbsoluteValue(), seed: 1);
        float[] inputs = [.. data.TrainInputs.data<float>()], targets = [.. data.TrainTargets.data<float>()];
        // |x| of x uniform on ±√3 is uniform on [0, √3]: mean √3/2, deviation 1/2.
        Assert.All(inputs.Zip(targets), pair => Assert.Equal((Math.Abs(pair.First) - (Math.Sqrt(3) / 2)) / 0.5, pair.Second, 0.1));
        Assert.All(inputs, input => Assert.InRange(input, -1.7321f, 1.7321f));
    }

    [Fact]
    public void A_seed_draws_the_same_samples_every_time()
    {
        using RegressionData first = Draw(new LinearPlusSine(), seed: 2), second = Draw(new LinearPlusSine(), seed: 2), other = Draw(new LinearPlusSine(), seed: 3);
        Assert.Equal(first.HeldOutTargets.data<float>().ToArray(), second.HeldOutTargets.data<float>().ToArray());
        Assert.NotEqual(first.HeldOutTargets.data<float>().ToArray(), other.HeldOutTargets.data<float>().ToArray());
    }

    private static RegressionData Draw(RegressionTask task, ulong seed)
    {
        using var generator = new Generator(seed);
        return RegressionData.Draw(task, generator);
    }
}
