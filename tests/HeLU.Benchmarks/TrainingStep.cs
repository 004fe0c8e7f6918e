using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks;

/// <summary>Forward and backward of an activation, everything freed afterwards.</summary>
internal static class TrainingStep
{
    public static readonly long[] Sizes = [4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

    /// <summary>An activation alone; <paramref name="x"/> is a leaf.</summary>
    public static void Run(Func<Tensor, Tensor> activation, Tensor x, Tensor grad)
    {
        using DisposeScope scope = NewDisposeScope();
        activation(x).backward([grad]);
        x.grad = null;
    }

    /// <summary>A layer and its activation.</summary>
    public static void Run(nn.Module<Tensor, Tensor> layer, nn.Module<Tensor, Tensor> activation, Tensor x, Tensor grad)
    {
        using DisposeScope scope = NewDisposeScope();
        activation.call(layer.call(x)).backward([grad]);
        layer.zero_grad();
    }

    public static Tensor Normal(params long[] shape)
    {
        using var generator = new Generator(1);
        return randn(shape, generator: generator);
    }
}
