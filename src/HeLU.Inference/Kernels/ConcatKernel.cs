namespace Helu.Inference.Kernels;

/// <summary>
/// A strided copy of blocks, from which PyTorch's cat (and a slice) is made: along dimension d of [outer, d, inner] an input's block is
/// its d·inner floats, and the output's stride is that of all inputs together. Moves floats only, so it has no vector widths.
/// </summary>
internal static unsafe class ConcatKernel
{
    /// <summary>y[i·strideY + j] = x[i·strideX + j], i &lt; blocks, j &lt; block. x and y must not overlap. Allocates nothing.</summary>
    public static void Run(float* x, nint strideX, float* y, nint strideY, nint block, nint blocks)
    {
        if (strideX == block && strideY == block)
        {
            block *= blocks;
            blocks = 1;
        }

        for (nint i = 0; i < blocks; i++)
            Buffer.MemoryCopy(x + (i * strideX), y + (i * strideY), block * sizeof(float), block * sizeof(float));
    }
}
