using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Filters, transformed: G·g·Gᵀ, computed in double precision.</summary>
internal static class WinogradWeights
{
    /// <summary>[OutChannels, InChannels, 3, 3] to, for each of the tile's elements, what <see cref="ConvMicroKernel.PackRows"/> makes of [OutChannels, InChannels].</summary>
    public static AlignedBuffer Pack<TTile>(ReadOnlySpan<float> weight, int outChannels, int inChannels, SimdWidth width)
        where TTile : IWinogradTile
    {
        int elements = TTile.Inputs * TTile.Inputs;
        int filters = outChannels * inChannels;
        float[] transformed = new float[(long)elements * filters];
        Span<double> half = stackalloc double[6 * 3];
        for (int filter = 0; filter < filters; filter++)
        {
            ReadOnlySpan<float> g = weight.Slice(filter * 9, 9);
            for (int i = 0; i < TTile.Inputs; i++)
            {
                for (int column = 0; column < 3; column++)
                    half[(i * 3) + column] = (TTile.Filter[i * 3] * g[column]) + (TTile.Filter[(i * 3) + 1] * g[3 + column]) + (TTile.Filter[(i * 3) + 2] * g[6 + column]);
            }

            for (int element = 0; element < elements; element++)
            {
                ReadOnlySpan<double> line = half.Slice(element / TTile.Inputs * 3, 3);
                ReadOnlySpan<double> factors = TTile.Filter.Slice(element % TTile.Inputs * 3, 3);
                transformed[((long)element * filters) + filter] = (float)((line[0] * factors[0]) + (line[1] * factors[1]) + (line[2] * factors[2]));
            }
        }

        AlignedBuffer packed = new(transformed.Length);
        for (int element = 0; element < elements; element++)
            ConvMicroKernel.PackRows(transformed.AsSpan(element * filters, filters), outChannels, inChannels, packed.Span.Slice(element * filters, filters), width);
        return packed;
    }
}
