using static TorchSharp.torch;

namespace Dying.Training;

/// <summary>A function to learn from made-up samples.</summary>
internal abstract class RegressionTask
{
    /// <summary>What the function is, as a formula.</summary>
    public abstract string Formula { get; }

    /// <summary>Numbers in one input.</summary>
    public abstract int Features { get; }

    /// <summary>Inputs [count, Features], from <paramref name="generator"/>.</summary>
    public abstract Tensor Inputs(int count, Generator generator);

    /// <summary>A function that takes its random constants, if it has any, from <paramref name="generator"/>: inputs [N, Features] to targets [N, 1].</summary>
    public abstract Func<Tensor, Tensor> Function(Generator generator);
}
