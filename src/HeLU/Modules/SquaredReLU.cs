using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// max(0, x)² (So et al., arXiv 2109.08668).
/// Any shape, output of the same shape. Made by <c>torch.nn.SquaredReLU(inplace)</c>.
/// </summary>
public sealed class SquaredReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal SquaredReLU(bool inplace)
        : base(nameof(SquaredReLU))
    {
        this.inplace = inplace;
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.SquaredReLU).Apply(tensor, inplace);
}
