using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Upsampling to the nearest neighbour.</summary>
internal sealed class UpsampleNode(Value x, long[]? size, double[]? scale) : Node(ShapeOf(x, size, scale), x)
{
    /// <summary>Null where a size was asked for.</summary>
    public double[]? Scale { get; } = size is null ? scale : null;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        nint planes = (nint)(Output.shape[0] * Output.shape[1]);
        Size2d from = Windows.Spatial(Inputs[0].shape), to = Windows.Spatial(Output.shape);
        double? scaleH = Output.shape.Length == 3 ? null : Scale?[0], scaleW = Scale?[^1];
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => UpsampleKernel.Run(s.At(x), planes, from.H, from.W, s.At(y), to.H, to.W, scaleH, scaleW);
    }

    private static long[] ShapeOf(Value x, long[]? size, double[]? scale)
    {
        int spatial = x.shape.Length - 2;
        if (spatial is < 1 or > 2 || (size is null) == (scale is null))
            throw new ArgumentException($"interpolate: needs [N, C, L] or [N, C, H, W] and either size or scale_factor; found {Shapes.Text(x.shape)}.");
        return [.. x.shape[..2], .. Enumerable.Range(0, spatial).Select(i => size is not null ? Of(size, i) : (long)Math.Floor(x.shape[i + 2] * Of(scale!, i)))];

        T Of<T>(T[] perDimension, int i) => perDimension.Length == 1 ? perDimension[0] : perDimension[i];
    }
}
