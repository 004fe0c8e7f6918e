using Helu.Activations;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// Hysteresis ReLU (Kimhi, Kashani, Mendelson, Baskin, arXiv 2411.10573): forward max(0, x), and the gradient passes where x &gt; -alpha.
/// Any shape, output of the same shape. Made by <c>torch.nn.HeLU(alpha, inplace)</c>.
/// </summary>
public sealed class HeLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal HeLU(double alpha, bool inplace)
        : base(nameof(HeLU))
    {
        this.alpha = alpha;
        this.inplace = inplace;
    }

    /// <summary>How far below zero the gradient still passes: 0 or more, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">alpha is negative, NaN or infinite.</exception>
    public double alpha
    {
        get;
        set => field = Hysteresis.Checked(value, nameof(alpha));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => Hysteresis.Apply(tensor, alpha, inplace);
}
