using Helu.Analyzers.Evidence.Cases;
using Helu.Analyzers.Evidence.Measuring;

namespace Helu.Analyzers.Evidence.Tests;

/// <summary>The measuring finds the dead units of networks whose units are dead or alive by construction.</summary>
public class MeasurementTests
{
    private static readonly Effort s_once = new(TrainedSeeds: 1, InitialSeeds: 2, Steps: 1, TrainsAll: true);

    [Fact]
    public void ReLUsOfEveryFormAreSeenOnTheirLines()
    {
        Measurement measured = Measure(
            fields: "private readonly Linear fc = Linear(4, 4);\nprivate readonly ReLU act = ReLU();\nprivate readonly Sequential body = Sequential(ReLU(), ReLU6());",
            forward: "x = functional.relu(fc.call(x));\nx = x.relu();\nx = x.relu_();\nx = act.forward(x);\nx = act.call(x);\nreturn body.call(x);");
        // Each stands on a line of its own: the module `act` runs by forward on its call's line, by call on its construction's.
        Assert.Equal(6, measured.Layers.Count);
        Assert.Equal(6, measured.Layers.Select(layer => layer.Line).Distinct().Count());
        Assert.All(measured.Layers, layer => Assert.Equal(4, layer.Units));
    }

    [Fact]
    public void ReLUsOfALoopAreSeparateLayers()
    {
        Measurement measured = Measure(
            "private readonly Linear fc = Linear(4, 4);", "for (int i = 0; i < 3; i++)\n    x = functional.relu(fc.call(x));\nreturn x;");
        Assert.Equal([0, 1, 2], measured.Layers.Select(layer => layer.Call));
    }

    [Fact]
    public void UnitsThatNeverFireAreDead()
    {
        // Half of the units are shifted below 0, whatever the data is, half above.
        Measurement measured = Measure("", "return functional.relu(x * 0 + tensor(new float[] { -1, 1, -1, 1 }));");
        Assert.Equal(0.5, Assert.Single(measured.Layers).AtInitialisation);
        Assert.Equal(0, measured.AllDeadAtInitialisation);
        Assert.True(measured.IsRisky);
    }

    [Fact]
    public void UnitsThatFireOnceAreAlive()
    {
        Measurement measured = Measure("", "return functional.relu(x - x.amax(new long[] { 0 }) + 1e-3);");
        Assert.Equal(0, Assert.Single(measured.Layers).AtInitialisation);
        Assert.False(measured.IsRisky);
    }

    [Fact]
    public void ALayerDeadAsAWholeMakesTheOutputConstant()
    {
        Measurement measured = Measure("private readonly Linear fc = Linear(4, 2);", "return fc.call(functional.relu(x * 0 - 1));");
        Assert.Equal(1, Assert.Single(measured.Layers).AtInitialisation);
        Assert.Equal(1, measured.AllDeadAtInitialisation);
    }

    [Fact]
    public void ADeadBranchBesideASkipDoesNotMakeTheOutputConstant()
    {
        Measurement measured = Measure("", "return x + functional.relu(x * 0 - 1);");
        Assert.Equal(1, Assert.Single(measured.Layers).AtInitialisation);
        Assert.Equal(0, measured.AllDeadAtInitialisation);
    }

    [Fact]
    public void AUnitOfAConvolutionIsAChannel()
    {
        // Channel 0 fires at one position of each image only, channel 1 nowhere.
        Measurement measured = Measure(
            "", "var z = full(new long[] { x.shape[0], 2, 3, 3 }, -1f);\nz[TensorIndex.Colon, 0, 1, 1] = 1;\nreturn functional.relu(z);");
        LayerDeath layer = Assert.Single(measured.Layers);
        Assert.Equal(2, layer.Units);
        Assert.Equal(0.5, layer.AtInitialisation);
    }

    [Fact]
    public void TheSameSeedsGiveTheSameMeasurement()
    {
        EvidenceCase @case = CorpusFiles.Cases.First(@case => @case.Area.Name == "LearningRate");
        Assert.Equal(Measurement.Of(@case, s_once).Layers, Measurement.Of(@case, s_once).Layers);
    }

    private static Measurement Measure(string fields, string forward) => Measurement.Of(
        new EvidenceCase(
            Area.All[0],
            "Test",
            Cases.Half.Tuning,
            $$"""
            public class Net : Module<Tensor, Tensor>
            {
                {{fields}}
                public Net() : base("Net") => RegisterComponents();
                public override Tensor forward(Tensor x)
                {
                    {{forward}}
                }
            }
            public static class Program
            {
                public static (Module<Tensor, Tensor> Model, Tensor X) Run(int steps) => (new Net(), randn(64, 4));
            }
            """),
        s_once);
}
