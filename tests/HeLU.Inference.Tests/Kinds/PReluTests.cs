using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Passes;
using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Kinds;

/// <summary>PReLU has weights: one, or one for each channel.</summary>
public class PReluTests
{
    [Fact]
    public void Each_channel_of_the_second_dimension_has_its_slope()
    {
        using TestModel model = TestModel.Create((self, x) => self.module("act").call(x[0]), [2, 3], ("act", PReLU(0.5f, -2)));

        Assert.Equal([-0.5f, 2, -1.5f, 8, 5, 12], model.Run(-1, 2, -3, -4, 5, -6));
    }

    [Fact]
    public void Without_positions_every_feature_has_its_slope()
    {
        using TestModel model = TestModel.Create((self, x) => self.module("act").call(self.module("fc").call(x[0])), [2], ("fc", Diagonal()), ("act", PReLU(0.5f, -2)));

        Assert.Equal([-0.5f, 4, 3, 8], model.Run(-1, -2, 3, -4));
    }

    [Fact]
    public void One_slope_becomes_part_of_the_layer_before_it()
    {
        ModelClass model = TestModel.Register((self, x) => self.module("act").call(self.module("fc").call(x[0])));
        ModuleNode root = Structure.Model(model.TypeName, ("fc", Diagonal()), ("act", PReLU(0.5f)));
        root.SetPaths("");
        Graph graph = Graph.Record(root, model, [[3, 2]], new ForwardSettings(null));

        Fusion.Apply(graph);

        Assert.Equal(new Epilogue(ActivationFunction.LeakyReLU, 0.5f), Assert.IsType<LinearNode>(Assert.Single(graph.Nodes)).Epilogue);
    }

    [Fact]
    public void A_ReLU_that_learned_a_slope_uses_it_where_it_is_swapped_for_PReLU_only()
    {
        ModuleNode relu = Structure.ReLU();
        relu.Attributes["num_parameters"] = 1L;
        relu.Weights["weight"] = new([1], [0.5f]);
        using TestModel model = TestModel.Create(
            (self, x) => Ops.cat(
                [
                    self.module("act").call(new ActivationSpec(Kind.PReLU, 0.25), x[0]),
                    self.module("act").call(new ActivationSpec(Kind.LeakyReLU, 0.1), x[0]),
                    self.module("act").call(x[0]),
                ],
                1),
            [2],
            ("act", relu));

        Assert.Equal([-1, 3, -0.2f, 3, 0, 3], model.Run(-2, 3));
    }

    [Fact]
    public void A_number_of_slopes_that_is_not_the_channels_is_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => TestModel.Create((self, x) => self.module("act").call(x[0]), [2, 3], ("act", PReLU(1, 2, 3))));

        Assert.Contains("prelu of [1, 2, 3] takes one weight, or one for each channel, the second dimension; found [3].", e.Message, StringComparison.Ordinal);
    }

    private static ModuleNode Diagonal()
    {
        ModuleNode linear = Structure.Linear(2, 2, hasBias: false);
        linear.Weights["weight"] = new([2, 2], [1, 0, 0, 1]);
        return linear;
    }

    private static ModuleNode PReLU(params float[] slopes)
    {
        ModuleNode module = Structure.PReLU(slopes.Length);
        module.Weights["weight"] = new([slopes.Length], slopes);
        return module;
    }
}
