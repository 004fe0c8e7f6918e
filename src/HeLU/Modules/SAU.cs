using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// LeakyReLU convolved with a normal density (Biswas, Kumar, Banerjee, Pandey, arXiv 2109.13210).
/// Any shape, output of the same shape. Made by <c>torch.nn.SAU(slope, sigma, inplace)</c>.
/// </summary>
public sealed class SAU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal SAU(double slope, double sigma, bool inplace)
        : base(nameof(SAU))
    {
        this.slope = slope;
        this.sigma = sigma;
        this.inplace = inplace;
    }

    /// <summary>LeakyReLU's slope below zero: finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">slope is not finite.</exception>
    public double slope
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.SAU, argument: nameof(slope));
    }

    /// <summary>The density's standard deviation: above 0, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">sigma is 0 or less, NaN or infinite.</exception>
    public double sigma
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.SAU, 1, nameof(sigma));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.SAU, slope, sigma).Apply(tensor, inplace);
}
