using Helu.Runtime;

namespace Helu.Tests.KindTests;

/// <summary>Value and derivative of each kind at one point, from its paper, in double arithmetic of System.Math.</summary>
internal static class Formula
{
    public static double Value(ActivationSpec spec, double x) => spec.Kind switch
    {
        Kind.ReLU or Kind.HeLU or Kind.StraightThrough or Kind.LeakyBackward or Kind.ClippedStraightThrough or Kind.SUGAR => Math.Max(0, x),
        Kind.GELU => x * Normal.Distribution(x),
        Kind.SiLU => x * Sigmoid(spec.P0 * x),
        Kind.LeakyReLU or Kind.PReLU => x > 0 ? x : spec.P0 * x,
        Kind.ELU => x > 0 ? x : spec.P0 * (Math.Exp(x) - 1),
        Kind.CELU => x > 0 ? x : spec.P0 * (Math.Exp(x / spec.P0) - 1),
        Kind.SELU => SeluScale * (x > 0 ? x : SeluAlpha * (Math.Exp(x) - 1)),
        Kind.Mish => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        Kind.GELUTanh => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
        Kind.Softplus => spec.P0 * x > spec.P1 ? x : Math.Log(1 + Math.Exp(spec.P0 * x)) / spec.P0,
        Kind.Hardswish => x * Math.Min(Math.Max(0, x + 3), 6) / 6,
        Kind.ReLU6 => Math.Min(Math.Max(0, x), 6),
        Kind.SquaredReLU => Math.Pow(Math.Max(0, x), 2),
        Kind.SmeLU => x <= -spec.P0 ? 0 : x >= spec.P0 ? x : Math.Pow(x + spec.P0, 2) / (4 * spec.P0),
        Kind.GoLU => x * Math.Exp(-Math.Exp(-x)),
        Kind.SAU => spec.P0 * x + (1 - spec.P0) * (x * Normal.Distribution(x / spec.P1) + spec.P1 * Normal.Density(x / spec.P1)),
        Kind.Identity => x,
        Kind.Quadratic => spec.P0 * x * x + spec.P1 * x + spec.P2,
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "No formula."),
    };

    public static double Gradient(ActivationSpec spec, double x) => spec.Kind switch
    {
        Kind.ReLU => x > 0 ? 1 : 0,
        Kind.HeLU => x > -spec.P0 ? 1 : 0,
        Kind.StraightThrough or Kind.Identity => 1,
        Kind.LeakyReLU or Kind.PReLU or Kind.LeakyBackward => x > 0 ? 1 : spec.P0,
        Kind.ClippedStraightThrough => Math.Abs(x) <= spec.P0 ? 1 : 0,
        Kind.SUGAR => Sigmoid(x) + (x + spec.P0) * Sigmoid(x) * (1 - Sigmoid(x)),
        Kind.GELU => Normal.Distribution(x) + x * Normal.Density(x),
        Kind.SiLU => Sigmoid(spec.P0 * x) * (1 + spec.P0 * x * (1 - Sigmoid(spec.P0 * x))),
        Kind.ELU => x > 0 ? 1 : spec.P0 * Math.Exp(x),
        Kind.CELU => x > 0 ? 1 : Math.Exp(x / spec.P0),
        Kind.SELU => SeluScale * (x > 0 ? 1 : SeluAlpha * Math.Exp(x)),
        Kind.Softplus => spec.P0 * x > spec.P1 ? 1 : Sigmoid(spec.P0 * x),
        Kind.ReLU6 => x is > 0 and < 6 ? 1 : 0,
        Kind.Hardswish => x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6,
        Kind.SquaredReLU => 2 * Math.Max(0, x),
        Kind.SmeLU => Math.Clamp((x + spec.P0) / (2 * spec.P0), 0, 1),
        Kind.GoLU => Math.Exp(-Math.Exp(-x)) * (1 + x * Math.Exp(-x)),
        Kind.SAU => spec.P0 + (1 - spec.P0) * Normal.Distribution(x / spec.P1),
        Kind.Quadratic => 2 * spec.P0 * x + spec.P1,
        Kind.Mish or Kind.GELUTanh => CentralDifference(spec, x),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "No formula."),
    };

    /// <summary>(f(x + h) - f(x - h))/2h, right to about h².</summary>
    public static double CentralDifference(ActivationSpec spec, double x)
    {
        const double h = 1e-5;
        return (Value(spec, x + h) - Value(spec, x - h)) / (2 * h);
    }

    // arXiv 1706.02515, section 2.
    private const double SeluAlpha = 1.6732632423543772848170429916717;
    private const double SeluScale = 1.0507009873554804934193349852946;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
