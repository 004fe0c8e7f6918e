using Helu.Inference.Graphs.Nodes;

namespace Helu.Onnx.Operations;

/// <summary>Averages over windows of one dimension as a matrix [outputs, inputs], row-major.</summary>
internal sealed record AverageMatrix(long Outputs, long Inputs, float[] Elements)
{
    /// <summary>Window i of an adaptive pooling: from ⌊i·size/windows⌋ to before ⌈(i + 1)·size/windows⌉.</summary>
    public static (long From, long To) AdaptiveWindow(long window, long size, long windows) =>
        (window * size / windows, (((window + 1) * size) + windows - 1) / windows);

    public static AverageMatrix Adaptive(long size, long windows) => Of(size, windows, window =>
    {
        (long from, long to) = AdaptiveWindow(window, size, windows);
        return (from, to, to - from);
    });

    /// <summary>PyTorch's rule: a window ends at the padding's end at the latest, and is divided by what it holds with or without the padding, or by the given number.</summary>
    public static AverageMatrix OfWindows(PoolNode node, int dimension, long size, long windows)
    {
        (long[] kernel, long[] stride, long[] padding, _, _) = node.Window;
        return Of(size, windows, window =>
        {
            long start = (window * stride[dimension]) - padding[dimension], end = Math.Min(start + kernel[dimension], size + padding[dimension]);
            long from = Math.Max(start, 0), to = Math.Min(end, size);
            // The given number divides a whole window: the first dimension takes it.
            long divisor = node.Divisor != 0 ? (dimension == 0 ? node.Divisor : 1) : node.CountIncludePad ? end - start : to - from;
            return (from, to, divisor);
        });
    }

    public float[] Transposed()
    {
        var transposed = new float[Elements.Length];
        for (long i = 0; i < Elements.Length; i++)
            transposed[((i % Inputs) * Outputs) + (i / Inputs)] = Elements[i];
        return transposed;
    }

    private static AverageMatrix Of(long size, long windows, Func<long, (long From, long To, long Divisor)> window)
    {
        var elements = new float[windows * size];
        for (long i = 0; i < windows; i++)
        {
            (long from, long to, long divisor) = window(i);
            for (long j = from; j < to; j++)
                elements[(i * size) + j] = 1f / divisor;
        }
        return new(windows, size, elements);
    }
}
