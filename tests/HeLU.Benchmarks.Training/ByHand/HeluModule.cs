using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Training.Models;

/// <summary><see cref="HeluFunction"/> as a module.</summary>
public sealed class HeluModule() : Module<Tensor, Tensor>(nameof(HeluModule))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor x) => HeluFunction.apply(x);
}
