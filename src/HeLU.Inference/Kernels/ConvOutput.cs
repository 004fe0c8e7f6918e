using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Runs tiles and puts their pixels where they belong: straight from the registers where a tile is one run, else through a buffer.</summary>
internal readonly unsafe struct ConvOutput
{
    private readonly float* _output;
    private readonly float* _residual;
    private readonly nint _plane;
    private readonly float* _buffer;
    private readonly float _low;
    private readonly float _high;
    private readonly Epilogue _epilogue;

    /// <param name="call">Output, residual and activation.</param>
    /// <param name="plane">Floats from one row of what is stored together to the next: from one output channel to the next.</param>
    /// <param name="buffer">Room for a full tile.</param>
    public ConvOutput(in ConvCall call, nint plane, float* buffer)
    {
        _output = call.Output;
        _residual = call.Residual;
        _plane = plane;
        _buffer = buffer;
        _low = call.Low;
        _high = call.High;
        _epilogue = call.Epilogue;
    }

    /// <summary>Computes a tile, of which weights, bias and input are set, and stores its runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TSimd, V>(ConvTile* tile, int rows, int columns, ConvRun* runs, int count)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int lastLanes = runs->Length - ((columns - 1) * TSimd.Count);
        if (count == 1 && lastLanes > 0 && columns > 0)
        {
            tile->LastLanes = lastLanes;
            tile->Output = _output + runs->Output;
            tile->Residual = _residual == null ? null : _residual + runs->Output;
            tile->OutputStride = _plane;
            (tile->Low, tile->High) = (_low, _high);
            ConvMicroKernel.Run<TSimd, V>(tile, rows, columns);
            return;
        }

        tile->Output = _buffer;
        tile->LastLanes = TSimd.Count;
        tile->Residual = null;
        tile->OutputStride = Math.Max(columns, 1) * TSimd.Count;
        (tile->Low, tile->High) = (float.NegativeInfinity, float.PositiveInfinity);
        if (columns > 0)
            ConvMicroKernel.Run<TSimd, V>(tile, rows, columns);
        else
            ConvPixelKernel.Run<TSimd, V>(tile, rows, runs[count - 1].Tile + runs[count - 1].Length);
        for (int run = 0; run < count; run++)
        {
            float* source = _buffer + runs[run].Tile;
            Store<TSimd, V>(source, tile->OutputStride, runs[run].Output, rows, runs[run].Length);
        }
    }

    /// <summary>Activates finished outputs of <paramref name="rows"/> channels.</summary>
    public void Activate<TSimd, V>(nint start, int length, int rows)
        where TSimd : ISimd<V>
        where V : unmanaged =>
        ActivationKernel.Run<TSimd, V>(_output + start, _output + start, length, rows, _plane, _epilogue);

    /// <summary>Stores sums [rows, length] at <paramref name="start"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store<TSimd, V>(float* source, nint sourceStride, nint start, int rows, int length)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
            StoreColumn<TSimd, V>(source + i, sourceStride, start + i, rows, TSimd.Count);
        if (i < length)
            StoreColumn<TSimd, V>(source + i, sourceStride, start + i, rows, length - i);
    }

    /// <summary>Stores <paramref name="length"/> sums of each row: even[0], odd[0], even[1], odd[1], ...</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StoreZipped<TSimd, V>(float* even, float* odd, nint sourceStride, nint start, int rows, int length)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        for (int row = 0; row < rows; row++, even += sourceStride, odd += sourceStride, start += _plane)
        {
            for (int i = 0; i < length; i += 2 * TSimd.Count)
            {
                V low = TSimd.Load(even + (i / 2));
                V high = TSimd.Load(odd + (i / 2));
                Store<TSimd, V>(TSimd.ZipLow(low, high), start + i, length - i);
                if (length - i > TSimd.Count)
                    Store<TSimd, V>(TSimd.ZipHigh(low, high), start + i + TSimd.Count, length - i - TSimd.Count);
            }
        }
    }

    /// <summary>One vector, or its first lanes, of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreColumn<TSimd, V>(float* source, nint sourceStride, nint start, int rows, int lanes)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        if (_residual != null)
        {
            for (int row = 0; row < rows; row++, source += sourceStride, start += _plane)
                Store<TSimd, V>(TSimd.Load(source), start, lanes);
            return;
        }

        // Fields are read before the loops, as for all that is known the stores might change them.
        V low = TSimd.Broadcast(_low);
        V high = TSimd.Broadcast(_high);
        nint plane = _plane;
        float* output = _output + start;
        if (lanes == TSimd.Count)
        {
            for (int row = 0; row < rows; row++, source += sourceStride, output += plane)
                TSimd.Store(TSimd.AtMost(TSimd.AtLeast(TSimd.Load(source), low), high), output);
        }
        else
        {
            for (int row = 0; row < rows; row++, source += sourceStride, output += plane)
                TSimd.StorePartial(TSimd.AtMost(TSimd.AtLeast(TSimd.Load(source), low), high), output, lanes);
        }
    }

    /// <summary>Finishes a vector of sums and stores as many of its lanes as there are outputs left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TSimd, V>(V sums, nint start, int left)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        bool whole = left >= TSimd.Count;
        if (_residual != null)
            sums = TSimd.Add(sums, whole ? TSimd.Load(_residual + start) : TSimd.LoadPartial(_residual + start, left));
        sums = TSimd.AtMost(TSimd.AtLeast(sums, TSimd.Broadcast(_low)), TSimd.Broadcast(_high));
        if (whole)
            TSimd.Store(sums, _output + start);
        else
            TSimd.StorePartial(sums, _output + start, left);
    }

    /// <summary>Stores sums [rows, count] at every <paramref name="step"/>-th float from <paramref name="start"/> on.</summary>
    public void StoreStrided(float* source, nint sourceStride, nint start, int rows, int count, int step)
    {
        for (int row = 0; row < rows; row++, source += sourceStride, start += _plane)
        {
            for (int i = 0; i < count; i++)
            {
                nint index = start + ((nint)i * step);
                float value = _residual == null ? source[i] : source[i] + _residual[index];
                _output[index] = SimdScalar.AtMost(SimdScalar.AtLeast(value, _low), _high);
            }
        }
    }
}
