using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// Forward max(0, x); the gradient passes where |x| ≤ clip and is 0 elsewhere (Hubara et al., arXiv 1602.02830).
/// Any shape, output of the same shape. Made by <c>torch.nn.ClippedStraightThrough(clip, inplace)</c>.
/// </summary>
public sealed class ClippedStraightThrough : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal ClippedStraightThrough(double clip, bool inplace)
        : base(nameof(ClippedStraightThrough))
    {
        this.clip = clip;
        this.inplace = inplace;
    }

    /// <summary>Half the width of the window in which the gradient passes: above 0, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">clip is 0 or less, NaN or infinite.</exception>
    public double clip
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.ClippedStraightThrough, argument: nameof(clip));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.ClippedStraightThrough, clip).Apply(tensor, inplace);
}
