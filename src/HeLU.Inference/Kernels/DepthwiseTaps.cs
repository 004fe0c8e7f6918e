using System.Runtime.CompilerServices;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>Adds what a <see cref="DepthwiseStrand"/> sees to the sums of four vectors of outputs, which lie <c>pitch</c> floats apart in the input.</summary>
internal static unsafe class DepthwiseTaps
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddOne<TSimd, V>(float* pixels, nint pitch, float weight, ref V sum0, ref V sum1, ref V sum2, ref V sum3)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V all = TSimd.Broadcast(weight);
        sum0 = TSimd.MultiplyAdd(all, TSimd.Load(pixels), sum0);
        sum1 = TSimd.MultiplyAdd(all, TSimd.Load(pixels + pitch), sum1);
        sum2 = TSimd.MultiplyAdd(all, TSimd.Load(pixels + (2 * pitch)), sum2);
        sum3 = TSimd.MultiplyAdd(all, TSimd.Load(pixels + (3 * pitch)), sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTwo<TSimd, V>(float* pixels, nint pitch, float* weights, nint step, ref V sum0, ref V sum1, ref V sum2, ref V sum3)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V top = TSimd.Broadcast(weights[0]);
        V bottom = TSimd.Broadcast(weights[step]);
        V row = TSimd.Load(pixels);
        sum0 = TSimd.MultiplyAdd(top, row, sum0);
        row = TSimd.Load(pixels + pitch);
        sum0 = TSimd.MultiplyAdd(bottom, row, sum0);
        sum1 = TSimd.MultiplyAdd(top, row, sum1);
        row = TSimd.Load(pixels + (2 * pitch));
        sum1 = TSimd.MultiplyAdd(bottom, row, sum1);
        sum2 = TSimd.MultiplyAdd(top, row, sum2);
        row = TSimd.Load(pixels + (3 * pitch));
        sum2 = TSimd.MultiplyAdd(bottom, row, sum2);
        sum3 = TSimd.MultiplyAdd(top, row, sum3);
        row = TSimd.Load(pixels + (4 * pitch));
        sum3 = TSimd.MultiplyAdd(bottom, row, sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddThree<TSimd, V>(float* pixels, nint pitch, float* weights, nint step, ref V sum0, ref V sum1, ref V sum2, ref V sum3)
        where TSimd : ISimd<V>
        where V : unmanaged
    {
        V top = TSimd.Broadcast(weights[0]);
        V middle = TSimd.Broadcast(weights[step]);
        V bottom = TSimd.Broadcast(weights[2 * step]);
        V row = TSimd.Load(pixels);
        sum0 = TSimd.MultiplyAdd(top, row, sum0);
        row = TSimd.Load(pixels + pitch);
        sum0 = TSimd.MultiplyAdd(middle, row, sum0);
        sum1 = TSimd.MultiplyAdd(top, row, sum1);
        row = TSimd.Load(pixels + (2 * pitch));
        sum0 = TSimd.MultiplyAdd(bottom, row, sum0);
        sum1 = TSimd.MultiplyAdd(middle, row, sum1);
        sum2 = TSimd.MultiplyAdd(top, row, sum2);
        row = TSimd.Load(pixels + (3 * pitch));
        sum1 = TSimd.MultiplyAdd(bottom, row, sum1);
        sum2 = TSimd.MultiplyAdd(middle, row, sum2);
        sum3 = TSimd.MultiplyAdd(top, row, sum3);
        row = TSimd.Load(pixels + (4 * pitch));
        sum2 = TSimd.MultiplyAdd(bottom, row, sum2);
        sum3 = TSimd.MultiplyAdd(middle, row, sum3);
        row = TSimd.Load(pixels + (5 * pitch));
        sum3 = TSimd.MultiplyAdd(bottom, row, sum3);
    }
}
