namespace Helu.Inference.Tests.Kinds;

/// <summary>Every kind with parameters that are not the defaults, and its formula.</summary>
internal static class KindCases
{
    public static TheoryData<Kind> All { get; } = [.. Enum.GetValues<Kind>()];

    public static ActivationSpec Spec(Kind kind) => kind switch
    {
        Kind.HeLU => new(kind, 0.3),
        Kind.SiLU => new(kind, 1.5),
        Kind.LeakyReLU or Kind.LeakyBackward => new(kind, 0.2),
        Kind.ELU or Kind.CELU => new(kind, 0.7),
        Kind.ClippedStraightThrough => new(kind, 0.8),
        Kind.SUGAR => new(kind, 1.2),
        Kind.PReLU => new(kind, 0.4),
        Kind.Softplus => new(kind, 2, 3),
        Kind.SmeLU => new(kind, 0.6),
        Kind.SAU => new(kind, 0.3, 0.7),
        Kind.Quadratic => new(kind, 0.2, -0.6, 0.3),
        _ => new(kind),
    };

    /// <summary>In float64. The normal distribution is Simpson's rule over its density.</summary>
    public static double Formula(ActivationSpec spec, double x) => spec.Kind switch
    {
        Kind.ReLU or Kind.HeLU or Kind.StraightThrough or Kind.LeakyBackward or Kind.ClippedStraightThrough or Kind.SUGAR => Math.Max(0, x),
        Kind.GELU => x * NormalDistribution(x),
        Kind.SiLU => x / (1 + Math.Exp(-spec.P0 * x)),
        Kind.LeakyReLU or Kind.PReLU => x > 0 ? x : spec.P0 * x,
        Kind.ELU => x > 0 ? x : spec.P0 * (Math.Exp(x) - 1),
        Kind.Mish => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        Kind.SELU => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
        Kind.CELU => x > 0 ? x : spec.P0 * (Math.Exp(x / spec.P0) - 1),
        Kind.GELUTanh => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * Math.Pow(x, 3))))),
        Kind.Softplus => spec.P0 * x > spec.P1 ? x : Math.Log(1 + Math.Exp(spec.P0 * x)) / spec.P0,
        Kind.Hardswish => x * Math.Clamp(x + 3, 0, 6) / 6,
        Kind.ReLU6 => Math.Clamp(x, 0, 6),
        Kind.SquaredReLU => Math.Pow(Math.Max(0, x), 2),
        Kind.SmeLU => x <= -spec.P0 ? 0 : x >= spec.P0 ? x : Math.Pow(x + spec.P0, 2) / (4 * spec.P0),
        Kind.GoLU => x * Math.Exp(-Math.Exp(-x)),
        Kind.SAU => (spec.P0 * x) + ((1 - spec.P0) * ((x * NormalDistribution(x / spec.P1)) + (spec.P1 * NormalDensity(x / spec.P1)))),
        Kind.Identity => x,
        Kind.Quadratic => (spec.P0 * x * x) + (spec.P1 * x) + spec.P2,
        _ => throw new ArgumentOutOfRangeException(nameof(spec)),
    };

    private static double NormalDensity(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    private static double NormalDistribution(double z)
    {
        const int steps = 200;
        double h = z / steps, sum = NormalDensity(0) + NormalDensity(z);
        for (int i = 1; i < steps; i++)
            sum += (i % 2 == 1 ? 4 : 2) * NormalDensity(i * h);
        return 0.5 + (sum * h / 3);
    }
}
