using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>One block of <see cref="Gemm"/>: some tiles of C over a piece of K. It starts from what the piece before left in C.</summary>
internal readonly unsafe struct GemmBlock(GemmArguments* arguments, GemmTiling tiling, int k, int depth)
{
    private bool IsLast => k + depth == arguments->K;

    /// <summary>Passes B's panels by, each over all rows of the block.</summary>
    public void Run<TSimd, V>()
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        bool clamps = ActivationClamp.TryGet(IsLast ? arguments->Epilogue : Epilogue.None, out float low, out float high);
        MicroKernelTile tile = new()
        {
            LeftStride = arguments->LeftStride,
            RightStride = arguments->RightStride,
            RightOffsets = arguments->RightOffsets == null ? null : arguments->RightOffsets + k,
            Depth = depth,
            OutputStride = arguments->OutputStride,
            AddendStride = k > 0 ? arguments->OutputStride : arguments->ResidualStride,
            Low = low,
            High = high,
        };
        for (int panel = tiling.FirstPanel; panel < tiling.EndPanel; panel++)
        {
            int n = panel * tiling.PanelWidth;
            int columns = Math.Min(tiling.PanelWidth, arguments->N - n);
            Place(&tile, panel, n);
            if (columns == tiling.PanelWidth)
                RunPanel<TSimd, V>(&tile);
            else
                RunLastPanel<TSimd, V>(&tile, columns);
            if (!clamps)
                Activate<TSimd, V>(n, columns);
        }
    }

    /// <summary>The activations that tiles do not apply in registers: over the panel that was just finished, which is still in the cache.</summary>
    private void Activate<TSimd, V>(int n, int columns)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int row = tiling.Row(tiling.FirstTile);
        float* start = arguments->Output + (row * arguments->OutputStride) + n;
        ActivationKernel.Run<TSimd, V>(start, start, columns, tiling.Row(tiling.EndTile) - row, arguments->OutputStride, arguments->Epilogue);
    }

    /// <summary>Moves the tile to the block's first row and a panel's first column n.</summary>
    private void Place(MicroKernelTile* tile, int panel, int n)
    {
        int row = tiling.Row(tiling.FirstTile);
        nint column = arguments->PanelStride == 0 ? n : panel * arguments->PanelStride;
        tile->Left = arguments->Left + (row * arguments->LeftStride) + k;
        tile->Right = arguments->Right + column;
        if (arguments->RightOffsets == null)
            tile->Right += k * arguments->RightStride;
        tile->Output = arguments->Output + (row * arguments->OutputStride) + n;
        if (k > 0)
        {
            tile->Addend = tile->Output;
            return;
        }

        tile->RowBias = arguments->RowBias == null ? null : arguments->RowBias + row;
        tile->ColumnBias = arguments->ColumnBias == null ? null : arguments->ColumnBias + n;
        tile->Addend = arguments->Residual == null ? null : arguments->Residual + (row * arguments->ResidualStride) + n;
    }

    private void RunPanel<TSimd, V>(MicroKernelTile* tile)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        for (int index = tiling.FirstTile; index < tiling.EndTile; index++)
        {
            int rows = tiling.Row(index + 1) - tiling.Row(index);
            MicroKernel.Run<TSimd, V>(tile, rows, GemmBlocking.VectorsPerPanel);
            Down(tile, rows);
        }
    }

    private static void Down(MicroKernelTile* tile, int rows)
    {
        tile->Left += rows * tile->LeftStride;
        tile->Output += rows * tile->OutputStride;
        if (tile->RowBias != null)
            tile->RowBias += rows;
        if (tile->Addend != null)
            tile->Addend += rows * tile->AddendStride;
    }

    /// <summary>A panel of rows of B that end amid it: B's columns are copied to rows of whole vectors.</summary>
    [SkipLocalsInit]
    private void RunLastPanel<TSimd, V>(MicroKernelTile* tile, int columns)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        if (arguments->PanelStride != 0)
        {
            RunNarrowPanel<TSimd, V>(*tile, columns);
            return;
        }

        int wide = (columns + TSimd.Count - 1) / TSimd.Count * TSimd.Count;
        float* right = stackalloc float[depth * wide];
        MicroKernelTile copied = *tile;
        for (int row = 0; row < depth; row++)
        {
            nint start = tile->RightOffsets == null ? row * tile->RightStride : tile->RightOffsets[row];
            Copy(tile->Right + start, 0, right + (row * wide), 0, 1, columns, wide);
        }

        copied.Right = right;
        copied.RightOffsets = null;
        copied.RightStride = wide;
        RunNarrowPanel<TSimd, V>(copied, columns);
    }

    /// <summary>
    /// Fewer columns than a panel has, B's rows being readable up to whole vectors: through copies of bias, addend and result that are as wide, so that
    /// nothing beyond column N - 1 is read or written.
    /// </summary>
    [SkipLocalsInit]
    private void RunNarrowPanel<TSimd, V>(MicroKernelTile tile, int columns)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        int vectors = (columns + TSimd.Count - 1) / TSimd.Count;
        int wide = vectors * TSimd.Count;
        float* bias = stackalloc float[GemmBlocking.WidestPanel];
        if (tile.ColumnBias != null)
        {
            Copy(tile.ColumnBias, columns, bias, wide, 1, columns, wide);
            tile.ColumnBias = bias;
        }

        float* output = stackalloc float[GemmBlocking.MostTileRows * GemmBlocking.WidestPanel];
        MicroKernelTile padded = tile;
        padded.Output = output;
        padded.OutputStride = wide;
        for (int index = tiling.FirstTile; index < tiling.EndTile; index++)
        {
            int rows = tiling.Row(index + 1) - tiling.Row(index);
            padded.Left = tile.Left;
            padded.RowBias = tile.RowBias;
            if (tile.Addend != null)
            {
                Copy(tile.Addend, tile.AddendStride, output, wide, rows, columns, wide);
                padded.Addend = output;
                padded.AddendStride = wide;
            }

            MicroKernel.Run<TSimd, V>(&padded, rows, vectors);
            Copy(output, wide, tile.Output, tile.OutputStride, rows, columns, columns);
            Down(&tile, rows);
        }
    }

    /// <summary>Copies [rows, columns]; fills each row of the destination up to <paramref name="wide"/> with zeros.</summary>
    private static void Copy(float* source, nint sourceStride, float* destination, nint destinationStride, int rows, int columns, int wide)
    {
        for (int row = 0; row < rows; row++, source += sourceStride, destination += destinationStride)
        {
            new Span<float>(source, columns).CopyTo(new(destination, columns));
            new Span<float>(destination + columns, wide - columns).Clear();
        }
    }
}
