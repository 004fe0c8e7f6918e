using Digits.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Tests;

public sealed class DeadUnitsTests
{
    [Fact]
    public void A_unit_is_dead_when_no_image_of_any_batch_takes_it_above_zero()
    {
        using var off = no_grad();
        using Linear hidden = Linear(1, 4);
        // Pre-activations for x = -1 and x = 2: {-1, 2}, {1, -2}, {-3, 0}, {-1, -1}. The last two are never above 0.
        hidden.weight = Parameter(tensor(new float[] { 1, -1, 1, 0 }, [4, 1]));
        hidden.bias = Parameter(tensor(new float[] { 0, 0, -2, -1 }));
        using Sequential model = Sequential(("hidden", hidden), ("relu", ReLU()), ("logits", Linear(4, 2)));
        using DeadUnits units = DeadUnits.Of(model);

        model.call(tensor(new float[] { -1 }, [1, 1])).Dispose();
        model.call(tensor(new float[] { 2 }, [1, 1])).Dispose();

        Assert.Equal([new LayerUnits("hidden", 4, 2)], units.Count());
    }

    [Fact]
    public void A_channel_is_dead_when_it_is_nowhere_above_zero()
    {
        using var off = no_grad();
        using Conv2d hidden = Conv2d(1, 3, 1);
        hidden.weight = Parameter(tensor(new float[] { 1, 1, 1 }, [3, 1, 1, 1]));
        hidden.bias = Parameter(tensor(new float[] { 0, -2, -4 }));
        using Sequential model = Sequential(("conv", hidden), ("relu", ReLU()), ("flat", Flatten()), ("logits", Linear(12, 2)));
        using DeadUnits units = DeadUnits.Of(model);

        // One pixel of 3: channels reach 3, 1 and -1.
        model.call(tensor(new float[] { 0, 0, 3, 0 }, [1, 1, 2, 2])).Dispose();

        Assert.Equal([new LayerUnits("conv", 3, 1)], units.Count());
    }

    [Fact]
    public void Counting_before_the_model_ran_is_refused()
    {
        using Sequential model = Sequential(("hidden", Linear(1, 4)), ("logits", Linear(4, 2)));
        using DeadUnits units = DeadUnits.Of(model);
        Assert.Throws<InvalidOperationException>(() => units.Count());
    }

    [Fact]
    public void A_disposed_watch_leaves_the_model_alone()
    {
        using Sequential model = Sequential(("hidden", Linear(1, 4)), ("logits", Linear(4, 2)));
        DeadUnits units = DeadUnits.Of(model);
        using Tensor x = ones(1, 1);
        model.call(x).Dispose();
        units.Dispose();
        model.call(x).Dispose();
    }
}
