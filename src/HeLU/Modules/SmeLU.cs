using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta (Shamir, Lin, arXiv 2010.09931).
/// Any shape, output of the same shape. Made by <c>torch.nn.SmeLU(beta, inplace)</c>.
/// </summary>
public sealed class SmeLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal SmeLU(double beta, bool inplace)
        : base(nameof(SmeLU))
    {
        this.beta = beta;
        this.inplace = inplace;
    }

    /// <summary>Half the width of the parabola between 0 and x: above 0, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
    public double beta
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.SmeLU, argument: nameof(beta));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.SmeLU, beta).Apply(tensor, inplace);
}
