using static TorchSharp.torch;

namespace Helu.Benchmarks.Training.Models;

/// <summary>HeLU under the names that the models call.</summary>
public static class HandWritten
{
    /// <summary>Instead of <c>torch.nn.functional.relu(x)</c>.</summary>
    public static Tensor relu(Tensor x) => HeluFunction.apply(x);

    /// <summary>Instead of <c>torch.nn.ReLU()</c>: overload resolution prefers it, as it needs no default argument.</summary>
    public static HeluModule ReLU() => new();
}
