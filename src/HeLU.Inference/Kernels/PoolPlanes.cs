using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// Pooling of planes, one channel of one image each. Small windows: first down the columns, into rows of a buffer in the first-level cache, then along those.
/// Wide windows: each by itself.
/// </summary>
internal sealed unsafe class PoolPlanes<TSimd, V, TOperation> : PoolPath
    where TSimd : ISimd<V>
    where V : unmanaged
    where TOperation : PoolOperation.IOperation
{
    /// <summary>Floats of the buffer: a third of a first-level cache of 48 KiB.</summary>
    private const int BufferFloats = 4 * 1024;

    /// <summary>The widest window that goes through the buffer.</summary>
    private const int WidestBuffered = 64;

    private readonly Size2d _input;
    private readonly PoolWindows _rows;
    private readonly PoolWindows _columns;
    private readonly float? _divisor;
    private readonly bool _wide;

    public PoolPlanes(PoolShape shape)
    {
        (_input, _rows, _columns, _divisor) = (shape.Input, shape.Rows, shape.Columns, shape.Divisor);
        bool wholeRows = _columns.Count == 1 && _columns.Step == 1 && _columns.Widest >= _input.W;
        _wide = wholeRows || _columns.Widest > WidestBuffered;
    }

    public override void Run(float* input, float* output, int planes)
    {
        for (int plane = 0; plane < planes; plane++, input += _input.Area, output += (nint)_rows.Count * _columns.Count)
        {
            if (_wide)
                PoolWide(input, output);
            else
                PoolBuffered(input, output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PoolWide(float* input, float* output)
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            int rows = _rows.Elements(row);
            for (int column = 0; column < _columns.Count; column++)
            {
                int width = _columns.End(column) - _columns.Start(column);
                float* start = input + ((nint)_rows.Start(row) * _input.W) + _columns.Start(column);
                bool joined = width == _input.W && _columns.Step == 1 && _rows.Step == 1;
                float value = joined ? ReduceBlock(start, 1, (nint)rows * width) : ReduceBlock(start, rows, width);
                *output++ = Divide(value, row, column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float ReduceBlock(float* start, int rows, nint width)
    {
        V lanes = TSimd.Broadcast(TOperation.Identity);
        float rest = TOperation.Identity;
        int step = _columns.Step;
        for (int row = 0; row < rows; row++, start += (nint)_rows.Step * _input.W)
        {
            nint i = 0;
            for (; step == 1 && i <= width - TSimd.Count; i += TSimd.Count)
                lanes = TOperation.Combine<TSimd, V>(lanes, TSimd.Load(start + i));
            for (; i < width; i += step)
                rest = TOperation.Combine<SimdScalar, float>(rest, start[i]);
        }

        return TOperation.Combine<SimdScalar, float>(TOperation.Reduce<TSimd, V>(lanes), rest);
    }

    private float Divide(float value, int row, int column) =>
        !TOperation.IsAverage ? value : _divisor != null ? value / _divisor.Value : value * _rows.Reciprocals[row] * _columns.Reciprocals[column];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private void PoolBuffered(float* input, float* output)
    {
        float* buffer = stackalloc float[BufferFloats + WidestBuffered + (4 * TSimd.Count)];
        bool sliding = _columns.Taps > 0 && _columns.Stride <= 2;
        int stride = Math.Max(_columns.Stride, 1);
        int columnsAtOnce = _columns.Taps > 0 ? Math.Clamp(BufferFloats / stride, 1, _columns.Count) : _columns.Count;
        if (_columns.Taps == 0 && _input.W > BufferFloats)
            columnsAtOnce = 1;
        for (int first = 0; first < _columns.Count; first += columnsAtOnce)
        {
            int count = Math.Min(columnsAtOnce, _columns.Count - first);
            int start = sliding ? (first * stride) - _columns.Padding : _columns.Start(first);
            int end = sliding ? start + ((count - 1) * stride) + _columns.Widest : _columns.End(first + count - 1);
            int span = end - start + (2 * TSimd.Count);
            int rowsAtOnce = Math.Clamp(BufferFloats / span, 1, _rows.Count);
            for (int row = 0; row < _rows.Count; row += rowsAtOnce)
            {
                int rows = Math.Min(rowsAtOnce, _rows.Count - row);
                for (int i = 0; i < rows; i++)
                    PoolColumns(input, row + i, start, end, buffer + (i * span));
                for (int i = 0; i < rows; i++)
                {
                    float* line = output + ((nint)(row + i) * _columns.Count) + first;
                    if (sliding)
                        SlideAlongRow(buffer + (i * span), row + i, first, count, line);
                    else
                        PoolAlongRow(buffer + (i * span) - start, row + i, first, count, line);
                }
            }
        }
    }

    /// <summary>Combines the window's rows into line[column - start] for the columns from start to before end; those outside the input have the identity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PoolColumns(float* input, int window, int start, int end, float* line)
    {
        int first = Math.Max(start, 0);
        int last = Math.Min(end, _input.W);
        for (int column = start; column < first; column++)
            line[column - start] = TOperation.Identity;
        float* top = input + ((nint)_rows.Start(window) * _input.W);
        int rows = _rows.Elements(window);
        nint stride = (nint)_rows.Step * _input.W;
        V identity = TSimd.Broadcast(TOperation.Identity);
        int i = first;
        for (; i <= last - TSimd.Count; i += TSimd.Count)
        {
            V lanes = identity;
            float* source = top + i;
            for (int row = 0; row < rows; row++, source += stride)
                lanes = TOperation.Combine<TSimd, V>(lanes, TSimd.Load(source));
            TSimd.Store(lanes, line + i - start);
        }

        if (i < last)
        {
            V lanes = identity;
            float* source = top + i;
            for (int row = 0; row < rows; row++, source += stride)
                lanes = TOperation.Combine<TSimd, V>(lanes, TSimd.LoadPartial(source, last - i));
            TSimd.StorePartial(lanes, line + i - start, last - i);
        }

        for (int column = last; column < end; column++)
            line[column - start] = TOperation.Identity;
    }

    /// <summary>Windows of the same number of taps, one or two columns apart: a vector of windows at a time. Two vectors behind the last column are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SlideAlongRow(float* line, int row, int firstColumn, int count, float* output)
    {
        int taps = _columns.Taps;
        int step = _columns.Step;
        bool pairs = _columns.Stride == 2;
        bool overridden = _divisor != null;
        V factor = TSimd.Broadcast(overridden ? 1 / _divisor!.Value : _rows.Reciprocals[row]);
        for (int i = 0; i < count; i += TSimd.Count, line += TSimd.Count * _columns.Stride)
        {
            V lanes = TSimd.Broadcast(TOperation.Identity);
            for (int tap = 0; tap < taps; tap++)
            {
                float* source = line + (tap * step);
                if (!pairs)
                {
                    lanes = TOperation.Combine<TSimd, V>(lanes, TSimd.Load(source));
                    continue;
                }

                V low = TSimd.Load(source);
                V high = TSimd.Load(source + TSimd.Count);
                lanes = TOperation.Combine<TSimd, V>(lanes, TSimd.Even(low, high));
                if (step != 1 || ++tap == taps)
                    continue;
                lanes = TOperation.Combine<TSimd, V>(lanes, TSimd.Odd(low, high));
            }

            int rest = count - i;
            if (TOperation.IsAverage)
                lanes = TSimd.Multiply(lanes, factor);
            if (rest >= TSimd.Count)
            {
                if (TOperation.IsAverage && !overridden)
                    lanes = TSimd.Multiply(lanes, TSimd.Load(_columns.Reciprocals + firstColumn + i));
                TSimd.Store(lanes, output + i);
                continue;
            }

            if (TOperation.IsAverage && !overridden)
                lanes = TSimd.Multiply(lanes, TSimd.LoadPartial(_columns.Reciprocals + firstColumn + i, rest));
            TSimd.StorePartial(lanes, output + i, rest);
        }
    }

    /// <summary>Windows of any size, one at a time; line is indexed by the input's columns.</summary>
    private void PoolAlongRow(float* line, int row, int firstColumn, int count, float* output)
    {
        for (int i = 0; i < count; i++)
        {
            float value = TOperation.Identity;
            int end = _columns.End(firstColumn + i);
            for (int column = _columns.Start(firstColumn + i); column < end; column += _columns.Step)
                value = TOperation.Combine<SimdScalar, float>(value, line[column]);
            output[i] = Divide(value, row, firstColumn + i);
        }
    }
}
