using Helu.Inference.Kernels;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>
/// What a BatchNorm does in inference: scale = weight/√(running_var + eps), shift = bias - running_mean·scale (Ioffe, Szegedy, arXiv 1502.03167).
/// </summary>
internal sealed record BatchNormAffine(double[] Scale, double[] Shift)
{
    public static BatchNormAffine Of(ModuleNode module)
    {
        float[] mean = module.Weights["running_mean"].Data, variance = module.Weights["running_var"].Data;
        float[]? weight = module.Weights.GetValueOrDefault("weight")?.Data, bias = module.Weights.GetValueOrDefault("bias")?.Data;
        double eps = module.Attribute<double>("eps");
        double[] scale = [.. variance.Select((v, c) => (weight?[c] ?? 1.0) / Math.Sqrt(v + eps))];
        return new(scale, [.. mean.Select((m, c) => (bias?[c] ?? 0.0) - (m * scale[c]))]);
    }

    /// <summary>The scales, then the shifts.</summary>
    public AlignedBuffer Packed()
    {
        var buffer = new AlignedBuffer(2L * Scale.Length);
        for (int c = 0; c < Scale.Length; c++)
            (buffer.Span[c], buffer.Span[Scale.Length + c]) = ((float)Scale[c], (float)Shift[c]);
        return buffer;
    }
}
