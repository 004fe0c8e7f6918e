using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// Forward max(0, x), and the whole gradient passes everywhere: the straight-through estimator (Bengio, Léonard, Courville, arXiv 1308.3432).
/// Any shape, output of the same shape. Made by <c>torch.nn.StraightThrough(inplace)</c>.
/// </summary>
public sealed class StraightThrough : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal StraightThrough(bool inplace)
        : base(nameof(StraightThrough))
    {
        this.inplace = inplace;
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.StraightThrough).Apply(tensor, inplace);
}
