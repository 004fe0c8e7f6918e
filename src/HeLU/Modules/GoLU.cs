using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// x·exp(-exp(-x)) (Das et al., arXiv 2502.03654).
/// Any shape, output of the same shape. Made by <c>torch.nn.GoLU(inplace)</c>.
/// </summary>
public sealed class GoLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal GoLU(bool inplace)
        : base(nameof(GoLU))
    {
        this.inplace = inplace;
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.GoLU).Apply(tensor, inplace);
}
