using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// How a convolution sees its input: for each tap a grid whose neighbouring columns are neighbouring output pixels, so that a vector of pixels is one load.
/// With stride 1 and no padding that is the image as it stands. Otherwise it is a zero-padded copy, split by phase: with stride s, rows and
/// columns r, r + s, r + 2s, ... form a plane of their own for each r that a tap needs. Output pixel (h, w) is position h·Pitch + w of every tap's
/// grid; positions from OutW on in a row are garbage that nobody stores. Large images are seen in strips of output rows, h counting from the strip's first.
/// </summary>
internal sealed class ConvInputLayout
{
    /// <summary>Positions that a strip has at least, if the image does: several tiles, so that fewer lanes are idle at its end.</summary>
    private const int StripPositions = 192;

    private readonly ConvShape _shape;
    private readonly int[] _rowPhases;
    private readonly int[] _columnPhases;
    private readonly int _planeRows;
    private readonly int[] _firstRows;

    /// <summary>Finds the layout; allocates the table of offsets.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="channels">Channels that are copied together.</param>
    /// <param name="stripFloats">Floats of their copies, which only a strip of one row may exceed.</param>
    /// <param name="copies">Copies even where the image could be read as it stands.</param>
    public ConvInputLayout(in ConvShape shape, int channels, int stripFloats, bool copies)
    {
        _shape = shape;
        // Whole vectors are read behind the last pixel: in all groups but the last one of the last image they must end within the next group.
        bool roomy = shape.InChannelsPerGroup * shape.Input.Area >= ConvMicroKernel.Columns * (int)SimdWidth.Vector512;
        InPlace = !copies && roomy && shape.Padding == default && shape.PaddingEnd == default && shape.Stride == Size2d.Square(1);
        (_rowPhases, int rowShift) = Phases(shape.Kernel.H, shape.Dilation.H, shape.Stride.H);
        (_columnPhases, int columnShift) = Phases(shape.Kernel.W, shape.Dilation.W, shape.Stride.W);
        Pitch = InPlace ? shape.Input.W : shape.OutW + columnShift;
        long rowFloats = (long)_rowPhases.Length * _columnPhases.Length * Pitch * channels;
        long mostRows = Math.Clamp((stripFloats / rowFloats) - rowShift, Math.Min(shape.OutH, 1 + (StripPositions / Pitch)), shape.OutH);
        Strips = (int)((shape.OutH + mostRows - 1) / mostRows);
        StripRows = (shape.OutH + Strips - 1) / Strips;
        _firstRows = new int[Strips + 1];
        for (int strip = 0; strip <= Strips; strip++)
            _firstRows[strip] = (int)((long)shape.OutH * strip / Strips);
        _planeRows = StripRows + rowShift;
        PlaneStride = InPlace ? shape.Input.Area : Unaliased(_rowPhases.Length * _columnPhases.Length * (long)_planeRows * Pitch);
        Offsets = GC.AllocateUninitializedArray<nint>(shape.Depth, pinned: true);
        for (int k = 0; k < Offsets.Length; k++)
            Offsets[k] = Offset(k);
    }

    /// <summary>The grids lie in the image itself; no copy is needed.</summary>
    public bool InPlace { get; }

    /// <summary>Positions from one output row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Floats from one channel to the next.</summary>
    public long PlaneStride { get; }

    /// <summary>The most output rows in a strip; some may have one fewer.</summary>
    public int StripRows { get; }

    public int Strips { get; }

    /// <summary>For each k = (channel of the group, kernel row, kernel column) where its grid begins.</summary>
    public nint[] Offsets { get; }

    /// <summary>A strip's first output row, or the number of rows behind the last strip.</summary>
    public int FirstRow(int strip) => _firstRows[strip];

    /// <summary>Copies what a strip's taps see of one channel.</summary>
    /// <param name="plane">The channel, [H, W].</param>
    /// <param name="strip">The strip.</param>
    /// <param name="copy">[PlaneStride].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Copy<TSimd, V>(float* plane, int strip, float* copy)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        nint planeFloats = (nint)_planeRows * Pitch;
        int firstRow = (FirstRow(strip) * _shape.Stride.H) - _shape.Padding.H;
        bool pairs = _shape.Stride.W == 2 && _columnPhases.Length == 2;
        int left = Math.Clamp(_shape.Padding.W, 0, Pitch);
        int count = Math.Min(_shape.Input.W, Pitch - left);
        bool plain = _shape.Stride.W == 1 && _shape.Padding.W >= 0;
        foreach (int rowPhase in _rowPhases)
        {
            float* source = plane + ((nint)(firstRow + rowPhase) * _shape.Input.W);
            for (int row = 0; row < _planeRows; row++, source += (nint)_shape.Stride.H * _shape.Input.W)
            {
                float* destination = copy + ((nint)row * Pitch);
                int y = firstRow + rowPhase + (row * _shape.Stride.H);
                bool inside = (uint)y < (uint)_shape.Input.H;
                // What is written too much is written over by the next row.
                if (plain && ((row + 1) * Pitch) + TSimd.Count <= planeFloats)
                {
                    ConvStrided.CopyPadded<TSimd, V>(source, left, inside ? count : 0, destination, Pitch);
                }
                else if (!inside)
                {
                    for (int column = 0; column < _columnPhases.Length; column++)
                        new Span<float>(destination + (column * planeFloats), Pitch).Clear();
                }
                else if (pairs)
                {
                    CopyPair<TSimd, V>(source, destination, destination + planeFloats);
                }
                else
                {
                    for (int column = 0; column < _columnPhases.Length; column++)
                        CopyRow<TSimd, V>(source, _columnPhases[column] - _shape.Padding.W, destination + (column * planeFloats));
                }
            }

            copy += _columnPhases.Length * planeFloats;
        }
    }

    /// <summary>A row's columns with even and odd indices, counted from the padding's first, at stride 2: each vector is read once for both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void CopyPair<TSimd, V>(float* row, float* evens, float* odds)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        // The image's first column has index Padding.W; with an odd padding the columns change places.
        int padding = _shape.Padding.W;
        bool crossed = (padding & 1) != 0;
        float* first = crossed ? odds : evens;
        float* second = crossed ? evens : odds;
        int firstStart = Math.Min(padding / 2, Pitch);
        int secondStart = Math.Min((padding + 1) / 2, Pitch);
        int firstEnd = Math.Min(firstStart + ((_shape.Input.W + 1) / 2), Pitch);
        int secondEnd = Math.Min(secondStart + (_shape.Input.W / 2), Pitch);
        ConvStrided.Split<TSimd, V>(row, _shape.Input.W, first + firstStart, firstEnd - firstStart, second + secondStart, secondEnd - secondStart);
        ZeroOutside(first, firstStart, firstEnd);
        ZeroOutside(second, secondStart, secondEnd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void ZeroOutside(float* line, int start, int end)
    {
        for (int i = 0; i < start; i++)
            line[i] = 0;
        for (int i = end; i < Pitch; i++)
            line[i] = 0;
    }

    /// <summary>destination[q] = row[q·stride + shift], or 0 where that is outside the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void CopyRow<TSimd, V>(float* row, int shift, float* destination)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int stride = _shape.Stride.W;
        int first = Math.Min(shift < 0 ? (-shift + stride - 1) / stride : 0, Pitch);
        int end = Math.Clamp((_shape.Input.W - shift + stride - 1) / stride, first, Pitch);
        ConvStrided.Gather<TSimd, V>(row + ((nint)first * stride) + shift, stride, destination + first, end - first);
        ZeroOutside(destination, first, end);
    }

    private nint Offset(int k)
    {
        (int channel, int tap) = Math.DivRem(k, _shape.Kernel.H * _shape.Kernel.W);
        (int tapRow, int tapColumn) = Math.DivRem(tap, _shape.Kernel.W);
        tapRow *= _shape.Dilation.H;
        tapColumn *= _shape.Dilation.W;
        nint start = (nint)(channel * PlaneStride);
        if (InPlace)
            return start + ((nint)tapRow * Pitch) + tapColumn;
        int rowPlane = Array.IndexOf(_rowPhases, tapRow % _shape.Stride.H);
        int columnPlane = Array.IndexOf(_columnPhases, tapColumn % _shape.Stride.W);
        nint plane = (nint)((rowPlane * _columnPhases.Length) + columnPlane) * _planeRows * Pitch;
        return start + plane + ((nint)(tapRow / _shape.Stride.H) * Pitch) + (tapColumn / _shape.Stride.W);
    }

    /// <summary>The remainders by the stride that taps fall on, and the most whole strides that a tap lies behind the first.</summary>
    private static (int[] Phases, int Shift) Phases(int kernel, int dilation, int stride)
    {
        int[] phases = [.. Enumerable.Range(0, kernel).Select(tap => tap * dilation % stride).Distinct().Order()];
        return (phases, (kernel - 1) * dilation / stride);
    }

    /// <summary>
    /// A length of at least <paramref name="floats"/>, of an odd number of cache lines: channels an even number apart would fall on few sets of the first-level cache.
    /// </summary>
    private static long Unaliased(long floats)
    {
        const int line = 16;
        return ((((floats + line - 1) / line) | 1) * line);
    }
}
