using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>A training step of Linear and activation, as modules.</summary>
internal sealed class LinearLayer(string name, bool inplace) : IComparisonGroup
{
    private static readonly (long Batch, long In, long Out)[] Shapes = [(32, 128, 128), (64, 784, 256), (256, 512, 512), (128, 1024, 1024)];

    public IEnumerable<Comparison> Comparisons => Shapes.Select(shape => new Comparison(
        $"{name}.{shape.Batch}x{shape.In}x{shape.Out}", "linear+helu", "linear+relu", () => Prepare(shape.Batch, shape.In, shape.Out)));

    private Contestants Prepare(long batch, long inFeatures, long outFeatures)
    {
        Tensor x = TrainingStep.Normal(batch, inFeatures);
        Tensor grad = TrainingStep.Normal(batch, outFeatures);
        TorchSharp.Modules.Linear linear = nn.Linear(inFeatures, outFeatures);
        Modules.HeLU helu = nn.HeLU(inplace: inplace);
        TorchSharp.Modules.ReLU relu = nn.ReLU(inplace);
        return new Contestants(
            () => TrainingStep.Run(linear, helu, x, grad), () => TrainingStep.Run(linear, relu, x, grad), x, grad, linear, helu, relu);
    }
}
