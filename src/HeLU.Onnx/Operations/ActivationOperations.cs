using Helu.Inference;

namespace Helu.Onnx.Operations;

/// <summary>Activations: one operation where ONNX has it, else a few.</summary>
internal static class ActivationOperations
{
    /// <summary>softplus(x) - x above it is below 2.1e-9, less than half a unit in the last place of a float32.</summary>
    private const float SurelyLinear = 20;

    public static string Write(GraphWriter onnx, string x, Epilogue activation)
    {
        (ActivationFunction function, float alpha, float beta) = activation;
        return function switch
        {
            ActivationFunction.ReLU => onnx.Add("Relu", [x]),
            ActivationFunction.LeakyReLU => onnx.Add("LeakyRelu", [x], Attributes.Float("alpha", alpha)),
            ActivationFunction.ELU => onnx.Add("Elu", [x], Attributes.Float("alpha", alpha)),
            ActivationFunction.SELU => onnx.Add("Selu", [x]),
            ActivationFunction.CELU => Celu(onnx, x, alpha),
            ActivationFunction.GELU => onnx.Add("Gelu", [x]),
            ActivationFunction.GELUTanh => onnx.Add("Gelu", [x], Attributes.Text("approximate", "tanh")),
            ActivationFunction.SiLU => onnx.Add("Mul", [x, onnx.Add("Sigmoid", [x])]),
            ActivationFunction.Mish => onnx.Add("Mish", [x]),
            ActivationFunction.Sigmoid => onnx.Add("Sigmoid", [x]),
            ActivationFunction.Tanh => onnx.Add("Tanh", [x]),
            ActivationFunction.Softplus => Softplus(onnx, x, alpha, beta),
            ActivationFunction.ReLU6 => Clip(onnx, x, 0, 6),
            ActivationFunction.Hardtanh => Clip(onnx, x, alpha, beta),
            ActivationFunction.Hardsigmoid => onnx.Add("HardSigmoid", [x], Attributes.Float("alpha", 1.0 / 6), Attributes.Float("beta", 0.5)),
            ActivationFunction.Hardswish => onnx.Add("HardSwish", [x]),
            _ => throw new NotSupportedException($"{function} can't be exported to ONNX."),
        };
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
        string scaled = beta == 1 ? x : onnx.Add("Mul", [x, onnx.Scalar(beta)]);
        string y = onnx.Add("Softplus", [scaled]);
        y = beta == 1 ? y : onnx.Add("Div", [y, onnx.Scalar(beta)]);
        return threshold >= SurelyLinear ? y : onnx.Add("Where", [onnx.Add("Greater", [scaled, onnx.Scalar(threshold)]), x, y]);
    }

    private static string Clip(GraphWriter onnx, string x, float min, float max) => onnx.Add("Clip", [x, Bound(onnx, min), Bound(onnx, max)]);

    /// <summary>A bound that no number passes is left out.</summary>
    private static string Bound(GraphWriter onnx, float bound) =>
        float.IsFinite(bound) && !(onnx.Precision == OnnxPrecision.Float16 && Half.IsInfinity((Half)bound)) ? onnx.Scalar(bound) : "";
}
