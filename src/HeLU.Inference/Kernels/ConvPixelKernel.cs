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

    /// <summary>
    /// Computes a tile of <paramref name="pixels"/> columns, with bias but without residual and bounds. Where there is no kernel for so many rows, a whole vector is read
    /// and written as <see cref="ConvMicroKernel"/> does.
    /// </summary>
    public static void Run<TSimd, V>(ConvTile* tile, int rows, int pixels)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        bool eight = rows == 8 && Vector256.IsHardwareAccelerated;
        if (!eight && !(rows == 4 && Vector128.IsHardwareAccelerated))
        {
            ConvMicroKernel.Run<TSimd, V>(tile, rows, 1);
            return;
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            if (eight)
                RunPixel<Simd256, Vector256<float>>(tile, pixel);
            else
                RunPixel<Simd128, Vector128<float>>(tile, pixel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPixel<TSimd, V>(ConvTile* tile, int pixel)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        // Four sums, since each has to wait for its last multiply-add.
        V sum0 = tile->Bias != null ? TSimd.Load(tile->Bias) : TSimd.Zero;
        V sum1 = TSimd.Zero;
        V sum2 = sum1;
        V sum3 = sum1;
        float* weights = tile->Weights;
        float* input = tile->Input + pixel;
        nint* offsets = tile->Offsets;
        nint stride = tile->InputStride;
        nint depth = tile->Depth;
        nint k = 0;
        if (offsets == null)
        {
            for (; k <= depth - 4; k += 4, weights += 4 * TSimd.Count, input += 4 * stride)
            {
                sum0 = TSimd.MultiplyAdd(TSimd.Load(weights), TSimd.Broadcast(input[0]), sum0);
                sum1 = TSimd.MultiplyAdd(TSimd.Load(weights + TSimd.Count), TSimd.Broadcast(input[stride]), sum1);
                sum2 = TSimd.MultiplyAdd(TSimd.Load(weights + (2 * TSimd.Count)), TSimd.Broadcast(input[2 * stride]), sum2);
                sum3 = TSimd.MultiplyAdd(TSimd.Load(weights + (3 * TSimd.Count)), TSimd.Broadcast(input[3 * stride]), sum3);
            }

            for (; k < depth; k++, weights += TSimd.Count, input += stride)
                sum0 = TSimd.MultiplyAdd(TSimd.Load(weights), TSimd.Broadcast(*input), sum0);
        }
        else
        {
            for (; k <= depth - 4; k += 4, weights += 4 * TSimd.Count)
            {
                sum0 = TSimd.MultiplyAdd(TSimd.Load(weights), TSimd.Broadcast(input[offsets[k]]), sum0);
                sum1 = TSimd.MultiplyAdd(TSimd.Load(weights + TSimd.Count), TSimd.Broadcast(input[offsets[k + 1]]), sum1);
                sum2 = TSimd.MultiplyAdd(TSimd.Load(weights + (2 * TSimd.Count)), TSimd.Broadcast(input[offsets[k + 2]]), sum2);
                sum3 = TSimd.MultiplyAdd(TSimd.Load(weights + (3 * TSimd.Count)), TSimd.Broadcast(input[offsets[k + 3]]), sum3);
            }

            for (; k < depth; k++, weights += TSimd.Count)
                sum0 = TSimd.MultiplyAdd(TSimd.Load(weights), TSimd.Broadcast(input[offsets[k]]), sum0);
        }

        V sum = TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3));
        float* output = tile->Output + pixel;
        for (int row = 0; row < TSimd.Count; row++)
            output[row * tile->OutputStride] = ((float*)&sum)[row];
    }
}
