using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Modules;

/// <summary>
/// a·x² + b·x + c.
/// Any shape, output of the same shape. Made by <c>torch.nn.Quadratic(a, b, c, inplace)</c>.
/// </summary>
public sealed class Quadratic : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Quadratic(double a, double b, double c, bool inplace)
        : base(nameof(Quadratic))
    {
        this.a = a;
        this.b = b;
        this.c = c;
        this.inplace = inplace;
    }

    /// <summary>The coefficient of x²: finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">a is not finite.</exception>
    public double a
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.Quadratic, argument: nameof(a));
    }

    /// <summary>The coefficient of x: finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">b is not finite.</exception>
    public double b
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.Quadratic, 1, nameof(b));
    }

    /// <summary>The constant: finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">c is not finite.</exception>
    public double c
    {
        get;
        set => field = ParameterValues.Checked(value, Kind.Quadratic, 2, nameof(c));
    }

    /// <summary>Whether the input is overwritten with the output.</summary>
    public bool inplace { get; set; }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor tensor) => new ActivationSpec(Kind.Quadratic, a, b, c).Apply(tensor, inplace);
}
