using Helu.Inference.Tests.Harness;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Freezing;

public class InputShapeSearchTests
{
    [Fact]
    public void ALinearFirstLayerTellsTheInput()
    {
        using TestModel model = TestModel.Create((self, x) => self.module("fc").call(x[0]), new InferenceOptions(), ("fc", Structure.Linear(7, 2).Seeded(1)));

        Assert.Equal([7L], Assert.Single(model.InputShapes));
    }

    [Fact]
    public void ALinearBehindConvolutionsTellsTheSquareImageOfWhichNothingIsDropped()
    {
        // LeNet: 28 → 28 → 14 → 10 → 5; 29 to 31 fit too, and lose a row in a pooling.
        using TestModel model = LeNet(new InferenceOptions());

        Assert.Equal([1L, 28L, 28L], Assert.Single(model.InputShapes));
    }

    [Fact]
    public void WhereSeveralImagesFitTheShapeIsAskedFor()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => TestModel.Create(
            (self, x) => Ops.adaptive_avg_pool2d(self.module("conv").call(x[0]), [1]), new InferenceOptions(), ("conv", Structure.Conv2d(3, 4, 3).Seeded(1))));

        Assert.Contains("InputShapes", e.Message, StringComparison.Ordinal);
        Assert.Contains("x0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModuleThatNoShapeHelpsIsNamedInsteadOfAskingForOne()
    {
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => TestModel.Create(
            (self, x) => self.module("conv").call(x[0]), new InferenceOptions(), ("conv", new ModuleNode("TorchSharp.Modules.Conv3d"))));

        Assert.StartsWith("'conv' is a TorchSharp.Modules.Conv3d, for which there is no inference path.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShapeThatDoesNotFitNamesTheLayer()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => LeNet(new InferenceOptions { InputShapes = [[3, 28, 28]] }));

        Assert.Equal("'conv1' (Conv2d) takes [N, 1, H, W]; found [1, 3, 28, 28].", e.Message);
    }

    [Fact]
    public void TheNumberOfShapesMustBeThatOfTheInputs()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => TestModel.Freeze(
            Structure.Model(TestModel.Register((_, x) => x[0]).TypeName), new InferenceOptions { InputShapes = [[1], [2]] }));

        Assert.Contains("found 2 shapes", e.Message, StringComparison.Ordinal);
    }

    private static TestModel LeNet(InferenceOptions options) => TestModel.Create(
        (self, x) =>
        {
            Value y = Ops.max_pool2d(self.module("conv1").call(x[0]), [2], null, null, null, false);
            y = Ops.max_pool2d(self.module("conv2").call(y), [2], null, null, null, false);
            return self.module("fc").call(Ops.flatten(y, 1, -1));
        },
        options,
        ("conv1", Structure.Conv2d(1, 6, 5, padding: 2).Seeded(1)),
        ("conv2", Structure.Conv2d(6, 16, 5).Seeded(2)),
        ("fc", Structure.Linear(400, 10).Seeded(3)));
}
