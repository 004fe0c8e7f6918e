using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>One block of <see cref="Gemm"/>: some rows of C over a piece of K. It starts from what the piece before left in C.</summary>
internal unsafe readonly ref struct GemmBlock(in GemmArguments arguments, int m, int rows, int k, int depth)
{
    private readonly ref readonly GemmArguments _arguments = ref arguments;

    /// <summary>Passes B's panels by, each over all rows of the block.</summary>
    public void Run<TSimd, V>(SimdWidth width)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int panel = GemmBlocking.PanelWidth(width);
        MicroKernelTile tile = Start();
        int n = 0;
        for (; n + panel <= _arguments.N; n += panel)
        {
            Place(ref tile, n, panel);
            RunRows<TSimd, V>(ref tile, GemmBlocking.VectorsPerPanel, GemmBlocking.TileRows(width));
        }

        if (n < _arguments.N)
        {
            Place(ref tile, n, panel);
            RunEdge<TSimd, V>(ref tile, _arguments.N - n, GemmBlocking.TileRows(width));
        }
    }

    private MicroKernelTile Start()
    {
        bool last = k + depth == _arguments.K;
        ActivationClamp.TryGet(last ? _arguments.Epilogue : Epilogue.None, out float low, out float high);
        return new()
        {
            LeftStride = _arguments.LeftStride,
            RightStride = _arguments.RightStride,
            Depth = depth,
            OutputStride = _arguments.OutputStride,
            AddendStride = k > 0 ? _arguments.OutputStride : _arguments.ResidualStride,
            Low = low,
            High = high,
        };
    }

    /// <summary>Moves the tile to column n of B and C, and to the block's first row.</summary>
    private void Place(ref MicroKernelTile tile, int n, int panel)
    {
        tile.Left = _arguments.Left + (m * _arguments.LeftStride) + k;
        tile.Right = _arguments.Right + (k * _arguments.RightStride) + (_arguments.PanelStride == 0 ? n : n / panel * _arguments.PanelStride);
        tile.Output = _arguments.Output + (m * _arguments.OutputStride) + n;
        if (k > 0)
        {
            tile.Addend = tile.Output;
            return;
        }

        tile.RowBias = _arguments.RowBias == null ? null : _arguments.RowBias + m;
        tile.ColumnBias = _arguments.ColumnBias == null ? null : _arguments.ColumnBias + n;
        tile.Addend = _arguments.Residual == null ? null : _arguments.Residual + (m * _arguments.ResidualStride) + n;
    }

    /// <summary>Runs the tile down the block's rows, in tiles as even as they come: 13 rows are 7 and 6, not 12 and 1.</summary>
    private void RunRows<TSimd, V>(ref MicroKernelTile tile, int columns, int tileRows)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int tiles = (rows + tileRows - 1) / tileRows;
        int done = 0;
        fixed (MicroKernelTile* pointer = &tile)
        {
            for (int left = tiles; left > 0; left--)
            {
                int height = (rows - done + left - 1) / left;
                MicroKernel.Run<TSimd, V>(pointer, height, columns);
                Down(ref tile, height);
                done += height;
            }
        }
    }

    private static void Down(ref MicroKernelTile tile, int height)
    {
        tile.Left += height * tile.LeftStride;
        tile.Output += height * tile.OutputStride;
        if (tile.RowBias != null)
            tile.RowBias += height;
        if (tile.Addend != null)
            tile.Addend += height * tile.AddendStride;
    }

    /// <summary>
    /// The last columns, fewer than a panel has: through copies as wide as whole vectors, so that nothing beyond column N - 1 is read or written.
    /// </summary>
    [SkipLocalsInit]
    private void RunEdge<TSimd, V>(ref MicroKernelTile tile, int count, int tileRows)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int columns = (count + TSimd.Count - 1) / TSimd.Count;
        int wide = columns * TSimd.Count;
        float* right = stackalloc float[_arguments.PanelStride == 0 ? depth * wide : 0];
        if (_arguments.PanelStride == 0)
        {
            Copy(tile.Right, tile.RightStride, right, wide, depth, count, wide);
            tile.Right = right;
            tile.RightStride = wide;
        }

        float* columnBias = stackalloc float[wide];
        if (tile.ColumnBias != null)
        {
            Copy(tile.ColumnBias, count, columnBias, wide, 1, count, wide);
            tile.ColumnBias = columnBias;
        }

        float* output = stackalloc float[GemmBlocking.MostTileRows * wide];
        int tiles = (rows + tileRows - 1) / tileRows;
        int done = 0;
        for (int left = tiles; left > 0; left--)
        {
            int height = (rows - done + left - 1) / left;
            MicroKernelTile padded = tile;
            padded.Output = output;
            padded.OutputStride = wide;
            if (tile.Addend != null)
            {
                Copy(tile.Addend, tile.AddendStride, output, wide, height, count, wide);
                padded.Addend = output;
                padded.AddendStride = wide;
            }

            MicroKernel.Run<TSimd, V>(&padded, height, columns);
            Copy(output, wide, tile.Output, tile.OutputStride, height, count, count);
            Down(ref tile, height);
            done += height;
        }
    }

    /// <summary>Copies [rows, columns]; fills each row of the destination up to <paramref name="wide"/> with zeros.</summary>
    private static void Copy(float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns, int wide)
    {
        for (int row = 0; row < rows; row++, source += sourceStride, destination += destinationStride)
        {
            for (int column = 0; column < columns; column++)
                destination[column] = source[column];
            for (int column = columns; column < wide; column++)
                destination[column] = 0;
        }
    }
}
