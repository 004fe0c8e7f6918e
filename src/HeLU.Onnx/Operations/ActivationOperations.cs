using Helu.Inference;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;

namespace Helu.Onnx.Operations;

/// <summary>Activations: one operation where ONNX has it, else a few.</summary>
internal static class ActivationOperations
{
    /// <summary>softplus(x) - x above it is below 2.1e-9, less than half a unit in the last place of a float32.</summary>
    private const float SurelyLinear = 20;

    public static string Write(GraphWriter onnx, string x, Epilogue activation)
    {
        (ActivationFunction function, float p0, float p1, float p2) = activation;
        return function switch
        {
            ActivationFunction.None => x,
            ActivationFunction.ReLU => onnx.Add("Relu", [x]),
            ActivationFunction.LeakyReLU => onnx.Add("LeakyRelu", [x], Attributes.Float("alpha", p0)),
            ActivationFunction.ELU => onnx.Add("Elu", [x], Attributes.Float("alpha", p0)),
            ActivationFunction.SELU => onnx.Add("Selu", [x]),
            ActivationFunction.CELU => Celu(onnx, x, p0),
            ActivationFunction.GELU => onnx.Add("Gelu", [x]),
            ActivationFunction.GELUTanh => onnx.Add("Gelu", [x], Attributes.Text("approximate", "tanh")),
            ActivationFunction.SiLU => onnx.Add("Mul", [x, onnx.Add("Sigmoid", [Scaled(onnx, x, p0)])]),
            ActivationFunction.Mish => onnx.Add("Mish", [x]),
            ActivationFunction.Sigmoid => onnx.Add("Sigmoid", [x]),
            ActivationFunction.Tanh => onnx.Add("Tanh", [x]),
            ActivationFunction.Softplus => Softplus(onnx, x, p0, p1),
            ActivationFunction.ReLU6 => Clip(onnx, x, 0, 6),
            ActivationFunction.Hardtanh => Clip(onnx, x, p0, p1),
            ActivationFunction.Hardsigmoid => onnx.Add("HardSigmoid", [x], Attributes.Float("alpha", 1.0 / 6), Attributes.Float("beta", 0.5)),
            ActivationFunction.Hardswish => onnx.Add("HardSwish", [x]),
            ActivationFunction.SquaredReLU => SquaredRelu(onnx, x),
            ActivationFunction.SmeLU => Smelu(onnx, x, p0),
            ActivationFunction.GoLU => Golu(onnx, x),
            ActivationFunction.SAU => Sau(onnx, x, p0, p1),
            ActivationFunction.Quadratic => Quadratic(onnx, x, p0, p1, p2),
            _ => throw new NotSupportedException($"{function} can't be exported to ONNX."),
        };
    }

    /// <summary>One slope, or one for each channel as [C, 1, ...], to be broadcast over the positions of x.</summary>
    public static string PRelu(GraphWriter onnx, PReluNode node)
    {
        (Value x, Value slope) = (node.Inputs[0], node.Inputs[1]);
        string slopes = onnx.NameOf(slope);
        if (slope.numel > 1 && x.dim > 2)
            slopes = onnx.Add("Reshape", [slopes, onnx.Integers([slope.numel, .. Enumerable.Repeat(1L, (int)x.dim - 2)])]);
        return onnx.Add("PRelu", [onnx.NameOf(x), slopes]);
    }

    /// <summary>Celu takes float32 only; for 16 bits alpha·Elu(x/alpha) is the same where alpha is positive.</summary>
    private static string Celu(GraphWriter onnx, string x, float alpha)
    {
        if (onnx.Precision == OnnxPrecision.Float32)
            return onnx.Add("Celu", [x], Attributes.Float("alpha", alpha));
        if (alpha <= 0)
            throw new NotSupportedException($"CELU with alpha {alpha} can't be exported in float16; export float32.");
        string scale = onnx.Scalar(alpha);
        return onnx.Add("Mul", [onnx.Add("Elu", [onnx.Add("Div", [x, scale])]), scale]);
    }

    /// <summary>log(1 + exp(beta·x))/beta; x where beta·x &gt; threshold.</summary>
    private static string Softplus(GraphWriter onnx, string x, float beta, float threshold)
    {
        string scaled = Scaled(onnx, x, beta);
        string y = onnx.Add("Softplus", [scaled]);
        y = beta == 1 ? y : onnx.Add("Div", [y, onnx.Scalar(beta)]);
        return threshold >= SurelyLinear ? y : onnx.Add("Where", [onnx.Add("Greater", [scaled, onnx.Scalar(threshold)]), x, y]);
    }

    /// <summary>x·beta.</summary>
    private static string Scaled(GraphWriter onnx, string x, float beta) => beta == 1 ? x : onnx.Add("Mul", [x, onnx.Scalar(beta)]);

    private static string SquaredRelu(GraphWriter onnx, string x)
    {
        string positive = onnx.Add("Relu", [x]);
        return onnx.Add("Mul", [positive, positive]);
    }

    /// <summary>beta·(u² + max(0, x/beta - 1)) with u = (min(max(-1, x/beta), 1) + 1)/2: halfway it goes from 0 to 1.</summary>
    private static string Smelu(GraphWriter onnx, string x, float beta)
    {
        string scaled = beta == 1 ? x : onnx.Add("Div", [x, onnx.Scalar(beta)]);
        string one = onnx.Scalar(1);
        string half = onnx.Add("Mul", [onnx.Add("Add", [Clip(onnx, scaled, -1, 1), one]), onnx.Scalar(0.5f)]);
        string sum = onnx.Add("Add", [onnx.Add("Mul", [half, half]), onnx.Add("Relu", [onnx.Add("Sub", [scaled, one])])]);
        return Scaled(onnx, sum, beta);
    }

    /// <summary>x·exp(-exp(-x)).</summary>
    private static string Golu(GraphWriter onnx, string x) =>
        onnx.Add("Mul", [x, onnx.Add("Exp", [onnx.Add("Neg", [onnx.Add("Exp", [onnx.Add("Neg", [x])])])])]);

    /// <summary>slope·x + (1 - slope)·(gelu(x/sigma) + φ(x/sigma))·sigma, φ(z) = exp(-z²/2)/√(2π).</summary>
    private static string Sau(GraphWriter onnx, string x, float slope, float sigma)
    {
        string z = sigma == 1 ? x : onnx.Add("Div", [x, onnx.Scalar(sigma)]);
        string exponent = onnx.Add("Mul", [onnx.Add("Mul", [z, onnx.Scalar(-0.5f)]), z]);
        string density = onnx.Add("Mul", [onnx.Add("Exp", [exponent]), onnx.Scalar(0.39894228f)]);
        string smooth = onnx.Add("Mul", [onnx.Add("Add", [onnx.Add("Gelu", [z]), density]), onnx.Scalar((1 - slope) * sigma)]);
        return slope == 0 ? smooth : onnx.Add("Add", [smooth, onnx.Add("Mul", [x, onnx.Scalar(slope)])]);
    }

    /// <summary>(a·x + b)·x + c.</summary>
    private static string Quadratic(GraphWriter onnx, string x, float a, float b, float c)
    {
        string line = onnx.Add("Add", [onnx.Add("Mul", [x, onnx.Scalar(a)]), onnx.Scalar(b)]);
        return onnx.Add("Add", [onnx.Add("Mul", [line, x]), onnx.Scalar(c)]);
    }

    private static string Clip(GraphWriter onnx, string x, float min, float max) => onnx.Add("Clip", [x, Bound(onnx, min), Bound(onnx, max)]);

    /// <summary>A bound that no number passes is left out.</summary>
    private static string Bound(GraphWriter onnx, float bound) =>
        float.IsFinite(bound) && !(onnx.Precision == OnnxPrecision.Float16 && Half.IsInfinity((Half)bound)) ? onnx.Scalar(bound) : "";
}
