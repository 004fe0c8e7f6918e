namespace Helu.Inference.Kernels;

/// <summary>PyTorch's Embedding: row ids[i] of a table. Moves floats only, so it has no vector widths.</summary>
internal static unsafe class EmbeddingKernel
{
    /// <summary>Writes y [count, dimension] from the table [rows, dimension]. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not from 0 to rows - 1. Nothing was written.</exception>
    public static void Run(long* ids, nint count, float* table, nint rows, nint dimension, float* y)
    {
        for (nint i = 0; i < count; i++)
        {
            if ((ulong)ids[i] >= (ulong)rows)
                throw new ArgumentOutOfRangeException(nameof(ids), ids[i], $"Id {ids[i]} at position {i} is outside an embedding table of {rows} rows.");
        }

        for (nint i = 0; i < count; i++)
            Buffer.MemoryCopy(table + ((nint)ids[i] * dimension), y + (i * dimension), dimension * sizeof(float), dimension * sizeof(float));
    }
}
