using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>HeLU's forward in place and its mask in one pass over memory, where libtorch's operations make five.</summary>
internal static class ReachKernel
{
    /// <summary>Up to here libtorch's own elementwise operations stay on one thread too.</summary>
    private const long MostOnOneThread = 32768;

    /// <summary>Whether x is float32, row-major and on the CPU, and of a size that libtorch would not share among threads.</summary>
    public static bool Suits(Tensor x) =>
        x.dtype == ScalarType.Float32 && x.device_type == DeviceType.CPU && x.is_contiguous()
        && x.numel() is var count && (count <= MostOnOneThread || (count < int.MaxValue / sizeof(float) && get_num_threads() == 1));

    /// <summary>Overwrites <paramref name="x"/> with max(0, x), NaN kept. Returns an int8 tensor of its shape: 0 where x ≤ <paramref name="minusAlpha"/>, else 1.</summary>
    public static Tensor Run(Tensor x, float minusAlpha)
    {
        Tensor mask = empty_like(x, ScalarType.Int8);
        Run(MemoryMarshal.Cast<byte, float>(x.bytes), MemoryMarshal.Cast<byte, sbyte>(mask.bytes), minusAlpha);
        return mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(Span<float> x, Span<sbyte> mask, float minusAlpha)
    {
        var threshold = new Vector<float>(minusAlpha);
        int width = Vector<float>.Count, i = 0;
        for (; i <= x.Length - (4 * width); i += 4 * width)
        {
            Vector<int> a = Step(x.Slice(i, width), threshold), b = Step(x.Slice(i + width, width), threshold);
            Vector<int> c = Step(x.Slice(i + (2 * width), width), threshold), d = Step(x.Slice(i + (3 * width), width), threshold);
            Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d)).CopyTo(mask[i..]);
        }
        for (; i < x.Length; i++)
        {
            mask[i] = (sbyte)(x[i] <= minusAlpha ? 0 : 1);
            if (x[i] < 0)
                x[i] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Step(Span<float> part, Vector<float> threshold)
    {
        var x = new Vector<float>(part);
        Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), Vector<float>.Zero, x).CopyTo(part);
        return Vector.AndNot(Vector<int>.One, Vector.LessThanOrEqual(x, threshold));
    }
}
