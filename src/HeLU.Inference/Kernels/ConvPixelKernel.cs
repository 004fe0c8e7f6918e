using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>
/// The inner loop for the one or two pixels that are left when a block's others fill whole vectors: lanes are output channels. A pixel takes a quarter of the time
/// that a vector of pixels of <see cref="ConvMicroKernel"/> takes.
/// </summary>
internal static unsafe class ConvPixelKernel
{
    /// <summary>The most pixels that are worth it.</summary>
    public const int MostPixels = 2;

    /// <summary>There is one for tiles of so many rows on this machine.</summary>
    public static bool Has(int rows) =>
        (rows == 8 && Vector256.IsHardwareAccelerated) || (rows == 4 && Vector128.IsHardwareAccelerated);

    /// <summary>Computes a tile of <paramref name="pixels"/> columns, without bias, residual and bounds. Its input is strided.</summary>
    public static void Run(ConvTile* tile, int rows, int pixels)
    {
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            if (rows == 8)
                Run<Simd256, Vector256<float>>(tile, pixel);
            else
                Run<Simd128, Vector128<float>>(tile, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, V>(ConvTile* tile, int pixel)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        // Four sums, since each has to wait for its last multiply-add.
        V sum0 = TSimd.Zero;
        V sum1 = sum0;
        V sum2 = sum0;
        V sum3 = sum0;
        float* weights = tile->Weights;
        float* input = tile->Input + pixel;
        nint stride = tile->InputStride;
        nint k = tile->Depth;
        for (; k >= 4; k -= 4)
        {
            sum0 = TSimd.MultiplyAdd(TSimd.Load(weights), TSimd.Broadcast(input[0]), sum0);
            sum1 = TSimd.MultiplyAdd(TSimd.Load(weights + TSimd.Count), TSimd.Broadcast(input[stride]), sum1);
            sum2 = TSimd.MultiplyAdd(TSimd.Load(weights + (2 * TSimd.Count)), TSimd.Broadcast(input[2 * stride]), sum2);
            sum3 = TSimd.MultiplyAdd(TSimd.Load(weights + (3 * TSimd.Count)), TSimd.Broadcast(input[3 * stride]), sum3);
            weights += 4 * TSimd.Count;
            input += 4 * stride;
        }

        for (; k > 0; k--, weights += TSimd.Count, input += stride)
            sum0 = TSimd.MultiplyAdd(TSimd.Load(weights), TSimd.Broadcast(*input), sum0);

        V sum = TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3));
        float* output = tile->Output + pixel;
        for (int row = 0; row < TSimd.Count; row++)
            output[row * tile->OutputStride] = ((float*)&sum)[row];
    }
}
