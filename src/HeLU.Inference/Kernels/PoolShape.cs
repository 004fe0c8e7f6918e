namespace Helu.Inference.Kernels;

/// <summary>
/// The geometry of a pooling layer: input [batch, Channels, Input.H, Input.W], output [batch, Channels, Rows.Count, Columns.Count]. Sizes, windows and
/// divisors are PyTorch's.
/// </summary>
internal sealed class PoolShape
{
    private PoolShape(int channels, Size2d input, bool average, PoolWindows rows, PoolWindows columns, float? divisor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        (Channels, Input, IsAverage, Rows, Columns, Divisor) = (channels, input, average, rows, columns, divisor);
    }

    public int Channels { get; }

    public Size2d Input { get; }

    /// <summary>A mean; else a maximum.</summary>
    public bool IsAverage { get; }

    /// <summary>The windows along the height.</summary>
    public PoolWindows Rows { get; }

    /// <summary>The windows along the width.</summary>
    public PoolWindows Columns { get; }

    /// <summary>divisor_override: what sums are divided by instead of the window's size.</summary>
    public float? Divisor { get; }

    /// <summary>max_pool: NaN where a window has one; padding counts as -∞.</summary>
    /// <exception cref="ArgumentException">A size below 1, a padding of more than half the kernel, or a kernel larger than the padded input.</exception>
    public static PoolShape Max(int channels, Size2d input, Size2d kernel, Size2d stride, Size2d padding, Size2d dilation, bool ceilMode = false) =>
        new(
            channels,
            input,
            average: false,
            PoolWindows.Sliding(input.H, kernel.H, stride.H, padding.H, dilation.H, ceilMode, countIncludePad: false),
            PoolWindows.Sliding(input.W, kernel.W, stride.W, padding.W, dilation.W, ceilMode, countIncludePad: false),
            null);

    /// <summary>avg_pool.</summary>
    /// <exception cref="ArgumentException">As <see cref="Max"/>.</exception>
    public static PoolShape Average(
        int channels, Size2d input, Size2d kernel, Size2d stride, Size2d padding, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null) =>
        new(
            channels,
            input,
            average: true,
            PoolWindows.Sliding(input.H, kernel.H, stride.H, padding.H, 1, ceilMode, countIncludePad),
            PoolWindows.Sliding(input.W, kernel.W, stride.W, padding.W, 1, ceilMode, countIncludePad),
            divisorOverride);

    /// <summary>adaptive_max_pool.</summary>
    /// <exception cref="ArgumentException">A size below 1.</exception>
    public static PoolShape AdaptiveMax(int channels, Size2d input, Size2d output) =>
        new(channels, input, average: false, PoolWindows.Adaptive(input.H, output.H), PoolWindows.Adaptive(input.W, output.W), null);

    /// <summary>adaptive_avg_pool.</summary>
    /// <exception cref="ArgumentException">A size below 1.</exception>
    public static PoolShape AdaptiveAverage(int channels, Size2d input, Size2d output) =>
        new(channels, input, average: true, PoolWindows.Adaptive(input.H, output.H), PoolWindows.Adaptive(input.W, output.W), null);
}
