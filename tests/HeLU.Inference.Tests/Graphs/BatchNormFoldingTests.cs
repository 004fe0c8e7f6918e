using Helu.Inference.Graphs;
using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Graphs;

public class BatchNormFoldingTests
{
    [Fact]
    public void ABatchNormAfterALinearBecomesPartOfItsWeights()
    {
        ModuleNode linear = Structure.Linear(3, 2, hasBias: false).Seeded(1), norm = Structure.BatchNorm1d(2).Seeded(2);
        double[] expected = Expected(linear, norm, [0.5f, -1, 2]);

        using TestModel model = TestModel.Create((self, x) => self.module("norm").call(self.module("linear").call(x[0])), [3], ("linear", linear), ("norm", norm));

        AssertClose(expected, model.Run(0.5f, -1, 2));
        Assert.Equal("Identity", norm.Type);
        Assert.Equal([2L], linear.Weights["bias"].Shape);
    }

    [Fact]
    public void ABatchNormWhoseInputIsReadElsewhereStays()
    {
        ModuleNode linear = Structure.Linear(3, 2, hasBias: false).Seeded(1), norm = Structure.BatchNorm1d(2).Seeded(2);
        double[] plain = Linear(linear, [0.5f, -1, 2]);
        double[] expected = [.. Expected(linear, norm, [0.5f, -1, 2]).Zip(plain, (a, b) => a + b)];

        using TestModel model = TestModel.Create(
            (self, x) =>
            {
                Value y = self.module("linear").call(x[0]);
                return Ops.add(self.module("norm").call(y), y);
            },
            [3],
            ("linear", linear),
            ("norm", norm));

        AssertClose(expected, model.Run(0.5f, -1, 2));
        Assert.Equal("BatchNorm1d", norm.Type);
    }

    [Fact]
    public void ALayerThatRunsTwiceIsNotFolded()
    {
        ModuleNode linear = Structure.Linear(2, 2).Seeded(3), norm = Structure.BatchNorm1d(2).Seeded(4);
        double[] once = Expected(linear, norm, [1, -0.5f]);
        double[] expected = Linear(linear, [.. once.Select(value => (float)value)]);

        using TestModel model = TestModel.Create(
            (self, x) => self.module("linear").call(self.module("norm").call(self.module("linear").call(x[0]))), [2], ("linear", linear), ("norm", norm));

        AssertClose(expected, model.Run(1, -0.5f));
    }

    /// <summary>weight·(x - mean)/√(var + eps) + bias.</summary>
    private static double[] Expected(ModuleNode linear, ModuleNode norm, float[] x)
    {
        float[] weight = norm.Weights["weight"].Data, bias = norm.Weights["bias"].Data, mean = norm.Weights["running_mean"].Data, variance = norm.Weights["running_var"].Data;
        return [.. Linear(linear, x).Select((y, c) => (weight[c] * (y - mean[c]) / Math.Sqrt(variance[c] + 1e-5)) + bias[c])];
    }

    private static double[] Linear(ModuleNode linear, float[] x)
    {
        Weight weight = linear.Weights["weight"];
        float[]? bias = linear.Weights.GetValueOrDefault("bias")?.Data;
        var y = new double[weight.Shape[0]];
        for (int row = 0; row < y.Length; row++)
        {
            y[row] = bias?[row] ?? 0;
            for (int i = 0; i < x.Length; i++)
                y[row] += (double)weight.Data[(row * x.Length) + i] * x[i];
        }
        return y;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }
}
