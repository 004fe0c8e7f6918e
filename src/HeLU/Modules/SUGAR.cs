using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// Forward max(0, x); the gradient is that of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2 (Horuz et al., arXiv 2505.22074).
/// Any shape, output of the same shape. Made by <c>torch.nn.SUGAR(alpha, inplace)</c>.
/// </summary>
public sealed class SUGAR : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal SUGAR(double alpha, bool inplace)
        : base(nameof(SUGAR))
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    /// <summary>B-SiLU's shift: above 0, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">alpha is 0 or less, NaN or infinite.</exception>
    public double alpha
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.SUGAR, argument: nameof(alpha));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.SUGAR, alpha).Apply(tensor, inplace);
}
