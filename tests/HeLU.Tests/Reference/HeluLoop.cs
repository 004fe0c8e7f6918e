using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>
/// HeLU's gradient as a plain loop over bytes: grad where x &gt; -alpha or x is NaN, else 0 (arXiv 2411.10573; NaN as ReLU has it).
/// Compares as libtorch does: float64 for float64, float32 for the narrower types.
/// </summary>
internal static class HeluLoop
{
    public static byte[] Gradient(Tensor x, Tensor grad, double alpha)
    {
        byte[] values = Bits.Of(x);
        byte[] gradient = Bits.Of(grad);
        int size = (int)x.element_size();
        for (int i = 0; i < values.Length / size; i++)
        {
            if (!Passes(x.dtype, values.AsSpan(i * size, size), alpha))
                gradient.AsSpan(i * size, size).Clear();
        }
        return gradient;
    }

    private static bool Passes(ScalarType dtype, ReadOnlySpan<byte> bits, double alpha)
    {
        if (dtype == ScalarType.Float64)
        {
            double wide = MemoryMarshal.Read<double>(bits);
            return double.IsNaN(wide) || wide > -alpha;
        }
        float x = dtype switch
        {
            ScalarType.Float32 => MemoryMarshal.Read<float>(bits),
            ScalarType.Float16 => (float)MemoryMarshal.Read<Half>(bits),
            ScalarType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Read<ushort>(bits) << 16),
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not a floating-point type of HeLU."),
        };
        return float.IsNaN(x) || x > -(float)alpha;
    }
}
