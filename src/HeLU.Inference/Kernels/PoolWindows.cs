namespace Helu.Inference.Kernels;

/// <summary>The windows of a pooling layer along one dimension: window i covers start[i], start[i] + Step, ... before end[i].</summary>
internal sealed unsafe class PoolWindows
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly int[] _elements;

    // Read as vectors, so it does not move.
    private readonly float[] _reciprocals;

    private PoolWindows(int count)
    {
        _starts = new int[count];
        _ends = new int[count];
        _elements = new int[count];
        _reciprocals = GC.AllocateArray<float>(count, pinned: true);
        fixed (float* reciprocals = _reciprocals)
            Reciprocals = reciprocals;
    }

    /// <summary>Outputs along the dimension.</summary>
    public int Count => _starts.Length;

    /// <summary>Dilation.</summary>
    public int Step { get; private init; } = 1;

    /// <summary>Window i starts at i·Stride - Padding, padding included, and has Taps elements; 0 where windows differ in size.</summary>
    public int Taps { get; private init; }

    public int Stride { get; private init; }

    public int Padding { get; private init; }

    /// <summary>For each window 1 / (the elements that a mean divides by).</summary>
    public float* Reciprocals { get; }

    /// <summary>The most elements that a window spans.</summary>
    public int Widest { get; private set; }

    /// <summary>A window's first element within the input.</summary>
    public int Start(int window) => _starts[window];

    /// <summary>Behind its last one.</summary>
    public int End(int window) => _ends[window];

    /// <summary>How many elements of the input it has.</summary>
    public int Elements(int window) => _elements[window];

    /// <summary>Windows of a fixed size. With <paramref name="ceilMode"/> a last one may hang over, if it starts within the input or the padding before it.</summary>
    public static PoolWindows Sliding(int size, int kernel, int stride, int padding, int dilation, bool ceilMode, bool countIncludePad)
    {
        if (Math.Min(Math.Min(size, kernel), Math.Min(stride, dilation)) < 1)
            throw new ArgumentException($"Input {size}, kernel {kernel}, stride {stride} and dilation {dilation} must be at least 1.");
        if (padding < 0 || padding > kernel / 2)
            throw new ArgumentException($"Padding {padding} must be at least 0 and at most half the kernel, {kernel / 2}.");
        int span = ((kernel - 1) * dilation) + 1;
        int room = size + (2 * padding) - span;
        if (room < 0)
            throw new ArgumentException($"A window of {span} is larger than the input {size} with padding {padding}.");
        int count = ((room + (ceilMode ? stride - 1 : 0)) / stride) + 1;
        if (ceilMode && (count - 1) * stride >= size + padding)
            count--;
        PoolWindows windows = new(count) { Step = dilation, Taps = kernel, Stride = stride, Padding = padding, Widest = span };
        for (int i = 0; i < count; i++)
        {
            int start = (i * stride) - padding;
            int end = start + span;
            int first = start < 0 ? start + ((-start + dilation - 1) / dilation * dilation) : start;
            windows._starts[i] = first;
            windows._ends[i] = Math.Min(end, size);
            windows._elements[i] = (windows._ends[i] - first + dilation - 1) / dilation;
            windows._reciprocals[i] = 1f / (countIncludePad ? Math.Min(end, size + padding) - start : windows._elements[i]);
        }

        return windows;
    }

    /// <summary>Windows from ⌊i·size/count⌋ to before ⌈(i + 1)·size/count⌉.</summary>
    public static PoolWindows Adaptive(int size, int count)
    {
        if (Math.Min(size, count) < 1)
            throw new ArgumentException($"Input {size} and output {count} must be at least 1.");
        PoolWindows windows = new(count);
        for (int i = 0; i < count; i++)
        {
            windows._starts[i] = (int)((long)i * size / count);
            windows._ends[i] = (int)((((long)(i + 1) * size) + count - 1) / count);
            windows._elements[i] = windows._ends[i] - windows._starts[i];
            windows._reciprocals[i] = 1f / windows._elements[i];
            windows.Widest = Math.Max(windows.Widest, windows._elements[i]);
        }

        return windows;
    }
}
