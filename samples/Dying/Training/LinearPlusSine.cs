using static TorchSharp.torch;

namespace Dying.Training;

/// <summary>A line and a wave along two random directions a and b.</summary>
internal sealed class LinearPlusSine : RegressionTask
{
    public override string Formula => "a·x + sin(2 b·x), x from N(0, 1) in 32 dimensions, a and b from N(0, 1/32)";

    public override int Features => 32;

    public override Tensor Inputs(int count, Generator generator) => randn(count, Features, generator: generator);

    public override Func<Tensor, Tensor> Function(Generator generator)
    {
        double scale = 1 / Math.Sqrt(Features);
        Tensor a = randn(Features, 1, generator: generator) * scale, b = randn(Features, 1, generator: generator) * scale;
        return x => x.matmul(a) + (2 * x.matmul(b)).sin();
    }
}
