using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// x·sigmoid(beta·x) (Ramachandran, Zoph, Le, arXiv 1710.05941); with beta 1 the same as SiLU.
/// Any shape, output of the same shape. Made by <c>torch.nn.Swish(beta, inplace)</c>.
/// </summary>
public sealed class Swish : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Swish(double beta, bool inplace)
        : base(nameof(Swish))
    {
        this.beta = beta;
        this.inplace = inplace;
    }

    /// <summary>The gate's steepness: above 0, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
    public double beta
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.SiLU, argument: nameof(beta));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.SiLU, beta).Apply(tensor, inplace);
}
