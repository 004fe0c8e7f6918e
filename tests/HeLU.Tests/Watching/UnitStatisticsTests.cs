using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Watching;

/// <summary>The numbers of a window against what was worked out by hand, or from the whole window's tensors.</summary>
public sealed class UnitStatisticsTests : IDisposable
{
    private static readonly DeadUnitOptions s_everyStep = new() { Every = 1 };

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Units_are_dead_alive_or_within_reach_by_their_highest_pre_activation()
    {
        LayerActivity layer = Watch(Models.FiveUnits(ReLU()), Models.MinusOneAndTwo);

        Assert.Equal([2, 1, 0, -0.04f, -1], layer.Units.Select(unit => (float)unit.HighestInput));
        Assert.Equal([false, false, true, true, true], layer.Units.Select(unit => unit.IsDead));
        Assert.Equal([false, false, true, true, false], layer.Units.Select(unit => unit.IsWithinReach));
        Assert.Equal((3, 2), (layer.DeadUnits, layer.UnitsWithinReach));
        Assert.Equal((3 / 5.0, 2 / 5.0), (layer.DeadShare, layer.ShareWithinReach));
    }

    [Fact]
    public void Rates_and_means_are_over_inputs_and_units()
    {
        LayerActivity layer = Watch(Models.FiveUnits(ReLU()), Models.MinusOneAndTwo);

        Assert.Equal([0.5, 0.5, 1, 1, 1], layer.Units.Select(unit => unit.DynamicDeadRate));
        Assert.Equal([0.5, 0.5, 1, 1, 1], layer.Units.Select(unit => unit.Sparsity));
        Assert.Equal([1, 0.5, 0, 0, 0], layer.Units.Select(unit => unit.MeanActivation));
        Assert.Equal((0.8, 0.8, 0.3), (layer.DynamicDeadRate, layer.Sparsity, layer.MeanActivation));
        Assert.Equal((2, "act", "ReLU"), (layer.Inputs, layer.Layer, layer.Activation));
    }

    [Fact]
    public void A_window_gathers_all_its_sampled_steps()
    {
        using Sequential model = Models.FiveUnits(ReLU());
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        // The third unit, x - 2, fires in the second step only.
        model.call(Models.MinusOneAndTwo);
        model.call(tensor(new float[] { 3, -1, -1 }, [3, 1]));

        LayerActivity layer = Assert.Single(monitor.EndWindow().Layers);

        Assert.Equal([false, false, false, true, true], layer.Units.Select(unit => unit.IsDead));
        Assert.Equal([0.6, 0.4, 0.8, 1, 1], layer.Units.Select(unit => unit.DynamicDeadRate), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1, 0.6, 0.2, 0, 0], layer.Units.Select(unit => unit.MeanActivation), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(5, layer.Inputs);
    }

    [Fact]
    public void A_window_knows_nothing_of_the_window_before()
    {
        using Sequential model = Models.FiveUnits(ReLU());
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        model.call(tensor(new float[] { 9 }, [1, 1]));
        monitor.EndWindow();
        model.call(tensor(new float[] { -9 }, [1, 1]));

        Assert.Equal([true, false, true, true, true], monitor.EndWindow().Layers[0].Units.Select(unit => unit.IsDead));
    }

    /// <summary>HeLU's own alpha, or the options'; -alpha itself is out of reach, as its gradient is 0 there.</summary>
    [Theory]
    [InlineData(0.05, null, 2)]
    [InlineData(0.04, null, 1)]
    [InlineData(1.5, null, 3)]
    [InlineData(0.05, 0.01, 1)]
    [InlineData(0.05, 1.0, 2)]
    [InlineData(0.0, null, 0)]
    public void Reach_is_the_layers_alpha_or_the_options(double alpha, double? asked, int expected)
    {
        LayerActivity layer = Watch(Models.FiveUnits(nn.HeLU(alpha)), Models.MinusOneAndTwo, s_everyStep with { Alpha = asked });

        Assert.Equal(expected, layer.UnitsWithinReach);
        Assert.Equal(("HeLU", asked ?? alpha), (layer.Activation, layer.Alpha));
    }

    [Fact]
    public void A_smooth_activation_has_dead_units_but_no_zeros()
    {
        LayerActivity layer = Watch(Models.FiveUnits(GELU()), Models.MinusOneAndTwo);

        Assert.Equal((3, 2), (layer.DeadUnits, layer.UnitsWithinReach));
        Assert.Equal(0.8, layer.DynamicDeadRate);
        // gelu(0) is 0, one of ten outputs.
        Assert.Equal(0.1, layer.Sparsity, 1e-12);
    }

    [Theory]
    [InlineData(new long[] { 7 }, 0, false)]
    [InlineData(new long[] { 6, 7 }, 1, false)]
    [InlineData(new long[] { 3, 6, 7 }, 2, false)]
    [InlineData(new long[] { 3, 7, 6 }, 1, true)]
    [InlineData(new long[] { 3, 7, 4, 5 }, 1, false)]
    [InlineData(new long[] { 2, 7, 2, 3, 2 }, 1, false)]
    public void Statistics_equal_the_formulas_on_whole_tensors(long[] shape, int unitDimension, bool hasConv1d)
    {
        manual_seed(1);
        using Sequential model = hasConv1d ? Sequential(("conv", Conv1d(7, 7, 1)), ("act", ReLU())) : Sequential(("act", ReLU()));
        Tensor[] steps = [.. Enumerable.Range(0, 3).Select(_ => randn(shape) - 0.5)];
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        foreach (Tensor step in steps)
            model.call(step);
        using IDisposable off = no_grad();
        Tensor[] inputs = hasConv1d ? [.. steps.Select(((Module<Tensor, Tensor>)model[0]).call)] : steps;

        LayerActivity layer = Assert.Single(monitor.EndWindow().Layers);

        Assert.Equal(7, layer.Units.Count);
        for (int unit = 0; unit < 7; unit++)
        {
            // [inputs, positions] of this unit, in float64.
            double[][] values = [.. inputs.SelectMany(x => Rows(x, unitDimension, unit))];
            double[] all = [.. values.SelectMany(row => row)];
            UnitActivity activity = layer.Units[unit];
            Assert.Equal(all.Max(), activity.HighestInput);
            Assert.Equal(values.Count(row => row.All(value => value <= 0)) / (double)values.Length, activity.DynamicDeadRate, 1e-12);
            Assert.Equal(all.Count(value => value <= 0) / (double)all.Length, activity.Sparsity, 1e-12);
            Assert.Equal(all.Average(value => Math.Max(value, 0)), activity.MeanActivation, 1e-6);
            Assert.Equal(layer.Inputs, values.Length);
        }
    }

    [Fact]
    public void Units_stand_where_the_options_say()
    {
        using Sequential model = Sequential(("act", ReLU()));
        Tensor image = zeros(2, 5, 5, 3); // channels last

        LayerActivity layer = Watch(model, image, s_everyStep with { UnitDimension = name => name == "act" ? -1 : null });

        Assert.Equal((3, 50), (layer.Units.Count, layer.Inputs));
    }

    [Fact]
    public void A_dimension_that_is_not_there_is_named()
    {
        using Sequential model = Sequential(("act", ReLU()));
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep with { UnitDimension = _ => 2 });
        string message = Assert.Throws<InvalidOperationException>(() => model.call(zeros(2, 3))).Message;
        Assert.Contains("gives 2 for layer act, whose activations have 2 dimensions: expected -2 to 1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_unit_that_is_not_a_number_is_not_dead()
    {
        LayerActivity layer = Watch(Models.FiveUnits(ReLU()), tensor(new[] { -9, float.NaN }, [2, 1]));

        Assert.Equal(0, layer.DeadUnits);
        Assert.True(double.IsNaN(layer.Units[0].HighestInput));
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Counts_are_exact_in_every_floating_point_type(ScalarType type)
    {
        using Sequential model = Sequential(("act", ReLU()));
        // 3,000 inputs, more than bfloat16 (8 bits) and float16 (11 bits) count one by one; a third is above zero.
        Tensor x = arange(9000).remainder(3).sub(1).reshape(9000, 1).to(type);

        LayerActivity layer = Watch(model, x);

        Assert.Equal(2 / 3.0, layer.Sparsity, 1e-12);
        Assert.Equal(2 / 3.0, layer.DynamicDeadRate, 1e-12);
        Assert.Equal(1 / 3.0, layer.MeanActivation, 1e-12);
    }

    [Fact]
    public void An_in_place_activation_is_seen_before_and_after_it()
    {
        LayerActivity layer = Watch(Models.FiveUnits(ReLU(inplace: true)), Models.MinusOneAndTwo);

        Assert.Equal([2, 1, 0, -0.04f, -1], layer.Units.Select(unit => (float)unit.HighestInput));
        Assert.Equal([1, 0.5, 0, 0, 0], layer.Units.Select(unit => unit.MeanActivation));
    }

    [Fact]
    public void An_empty_batch_counts_for_nothing()
    {
        using Sequential model = Models.FiveUnits(ReLU());
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        model.call(zeros(0, 1));
        model.call(Models.MinusOneAndTwo);

        Assert.Equal(2, monitor.EndWindow().Layers[0].Inputs);
    }

    private static LayerActivity Watch(Sequential model, Tensor x, DeadUnitOptions? options = null)
    {
        using (model)
        using (var monitor = DeadUnitMonitor.Attach(model, options ?? s_everyStep))
        {
            model.call(x);
            return Assert.Single(monitor.EndWindow().Layers);
        }
    }

    /// <summary>The values of one unit, a row for each input.</summary>
    private static IEnumerable<double[]> Rows(Tensor x, int unitDimension, int unit)
    {
        long inputs = x.shape.Take(unitDimension).Aggregate(1L, (product, size) => product * size);
        Tensor rows = x.select(unitDimension, unit).reshape(inputs, -1).to(ScalarType.Float64);
        return Enumerable.Range(0, (int)inputs).Select(i => rows[i].data<double>().ToArray());
    }
}
