using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// Forward max(0, x); the gradient is that of LeakyReLU: 1 where x &gt; 0, else slope.
/// Any shape, output of the same shape. Made by <c>torch.nn.LeakyBackward(slope, inplace)</c>.
/// </summary>
public sealed class LeakyBackward : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal LeakyBackward(double slope, bool inplace)
        : base(nameof(LeakyBackward))
    {
        this.slope = slope;
        this.inplace = inplace;
    }

    /// <summary>The gradient where x ≤ 0: finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">slope is not finite.</exception>
    public double slope
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.LeakyBackward, argument: nameof(slope));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.LeakyBackward, slope).Apply(tensor, inplace);
}
