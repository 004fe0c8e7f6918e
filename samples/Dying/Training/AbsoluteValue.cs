using static TorchSharp.torch;

namespace Dying.Training;

/// <summary>The task of Lu et al. (arXiv 1903.06733): two ReLU units can learn it.</summary>
internal sealed class AbsoluteValue : RegressionTask
{
    public override string Formula => "|x|, x uniform on [-√3, √3]";

    public override int Features => 1;

    public override Tensor Inputs(int count, Generator generator) => empty(count, 1).uniform_(-Math.Sqrt(3), Math.Sqrt(3), generator);

    public override Func<Tensor, Tensor> Function(Generator generator) => x => x.abs();
}
