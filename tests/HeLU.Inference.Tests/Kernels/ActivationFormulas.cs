namespace Helu.Inference.Tests.Kernels;

/// <summary>The activations by their formulas, in float64.</summary>
internal static class ActivationFormulas
{
    public static Func<double, double> Of(Epilogue epilogue)
    {
        (double alpha, double beta, double c) = (epilogue.P0, epilogue.P1, epilogue.P2);
        return epilogue.Function switch
        {
            ActivationFunction.None => x => x,
            ActivationFunction.ReLU => x => Math.Max(0, x),
            ActivationFunction.LeakyReLU => x => x > 0 ? x : alpha * x,
            ActivationFunction.ELU => x => x > 0 ? x : alpha * ExpM1(x),
            ActivationFunction.SELU => x => 1.0507009873554804934193349852946 * (x > 0 ? x : 1.6732632423543772848170429916717 * ExpM1(x)),
            ActivationFunction.CELU => x => x > 0 ? x : alpha * ExpM1(x / alpha),
            ActivationFunction.GELU => x => x / 2 * (1 + Erf(x / Math.Sqrt(2))),
            ActivationFunction.GELUTanh => x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
            ActivationFunction.SiLU => x => x / (1 + Math.Exp(-alpha * x)),
            ActivationFunction.Mish => x => x * Math.Tanh(x > 30 ? x : Log1P(Math.Exp(x))),
            ActivationFunction.Sigmoid => x => 1 / (1 + Math.Exp(-x)),
            ActivationFunction.Tanh => Math.Tanh,
            ActivationFunction.Softplus => x => alpha * x > beta ? x : Log1P(Math.Exp(alpha * x)) / alpha,
            ActivationFunction.ReLU6 => x => Math.Clamp(x, 0, 6),
            ActivationFunction.Hardtanh => x => Math.Clamp(x, alpha, beta),
            ActivationFunction.Hardsigmoid => x => Math.Clamp(x + 3, 0, 6) / 6,
            ActivationFunction.Hardswish => x => x * Math.Clamp(x + 3, 0, 6) / 6,
            ActivationFunction.SquaredReLU => x => x > 0 ? x * x : 0,
            ActivationFunction.SmeLU => x => x <= -alpha ? 0 : x >= alpha ? x : (x + alpha) * (x + alpha) / (4 * alpha),
            ActivationFunction.GoLU => x => x * Math.Exp(-Math.Exp(-x)),
            ActivationFunction.SAU => x => SmoothedLeakyReLU(x, alpha, beta),
            ActivationFunction.Quadratic => x => (alpha * x * x) + (beta * x) + c,
            _ => throw new ArgumentOutOfRangeException(nameof(epilogue)),
        };
    }

    /// <summary>LeakyReLU convolved with the normal density of deviation sigma, in closed form: slope·x + (1 - slope)·(x·Φ(x/sigma) + sigma·φ(x/sigma)).</summary>
    private static double SmoothedLeakyReLU(double x, double slope, double sigma)
    {
        double z = x / sigma;
        double distribution = (1 + Erf(z / Math.Sqrt(2))) / 2, density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return (slope * x) + ((1 - slope) * ((x * distribution) + (sigma * density)));
    }

    /// <summary>The Maclaurin series near 0, where the difference would cancel.</summary>
    private static double ExpM1(double x) => Math.Abs(x) < 1e-4 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;

    private static double Log1P(double x) => x < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);

    /// <summary>The series whose terms do not cancel (DLMF 7.6.2); ±1 where 1 - |erf| is below 1e-15.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 5.7)
            return Math.Sign(x);
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
