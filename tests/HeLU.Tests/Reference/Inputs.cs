using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>What the activations are tried on. Seeded; every tensor is new and needs no gradient.</summary>
internal static class Inputs
{
    public static readonly double[] Alphas = [0, .001, .05, 1, 100, double.Epsilon];

    public static readonly ScalarType[] Dtypes = [ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16];

    public static TheoryData<ScalarType, double> DtypesAndAlphas { get; } = Cases.Pairs(Dtypes, Alphas);

    /// <summary>Standard normal. 4,099 elements: whole vectors and a tail.</summary>
    public static Tensor Random(ScalarType dtype, long count = 4099, int seed = 1)
    {
        using var generator = new Generator((ulong)seed);
        using Tensor normal = randn(count, dtype: ScalarType.Float64, generator: generator);
        return normal.to(dtype);
    }

    /// <summary>
    /// NaNs with payloads, infinities, zeros, denormals, ±alpha and its neighbours, over and over at places of a vector that shift,
    /// and every bit pattern there is for the 16-bit types.
    /// </summary>
    public static Tensor Edges(ScalarType dtype, double alpha) => dtype switch
    {
        ScalarType.Float64 => Bits.ToTensor(dtype, Repeat(Edges64(alpha))),
        ScalarType.Float32 => Bits.ToTensor(dtype, Repeat(Edges32((float)alpha))),
        _ => Bits.ToTensor(dtype, [.. Enumerable.Range(0, 1 << 16).Select(i => (ushort)i)]),
    };

    /// <summary>Gradients to send back: standard normal with infinities, zeros of both signs and denormals in between.</summary>
    public static Tensor Gradients(ScalarType dtype, long count)
    {
        Tensor gradients = Random(dtype, count, seed: 2);
        double[] special = [double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, 6e-8];
        for (int i = 0; i < special.Length && i * 7 < count; i++)
            gradients[TensorIndex.Slice(i * 7, null, 101)] = tensor(special[i]).to(dtype);
        return gradients;
    }

    private static double[] Edges64(double alpha) =>
    [
        double.NaN, -double.NaN,
        BitConverter.UInt64BitsToDouble(0x7FF8_0000_DEAD_BEEF), BitConverter.UInt64BitsToDouble(0xFFF8_0000_0000_0001),
        BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0001), BitConverter.UInt64BitsToDouble(0xFFF4_0000_0000_0000),
        double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, 0.0, -0.0, 1, -1,
        double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, -2.2250738585072014e-308, 1e-310, -1e-310,
        alpha, Math.BitIncrement(alpha), Math.BitDecrement(alpha), -alpha, Math.BitIncrement(-alpha), Math.BitDecrement(-alpha),
        (float)alpha, -(float)alpha, alpha / 2, -alpha / 2, -alpha * 2,
    ];

    private static float[] Edges32(float alpha) =>
    [
        float.NaN, -float.NaN,
        BitConverter.UInt32BitsToSingle(0x7FC0_BEEF), BitConverter.UInt32BitsToSingle(0xFFC0_0001),
        BitConverter.UInt32BitsToSingle(0x7F80_0001), BitConverter.UInt32BitsToSingle(0xFFA0_0000),
        float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0f, -0f, 1, -1,
        float.Epsilon, -float.Epsilon, 1.17549435e-38f, -1.17549435e-38f, 1e-40f, -1e-40f,
        alpha, MathF.BitIncrement(alpha), MathF.BitDecrement(alpha), -alpha, MathF.BitIncrement(-alpha), MathF.BitDecrement(-alpha),
        alpha / 2, -alpha / 2, -alpha * 2,
    ];

    // The numbers of edge values (31, 29) are odd, so each value comes to stand in every lane of a vector and in the tail.
    private static T[] Repeat<T>(T[] values) => [.. Enumerable.Repeat(values, 67).SelectMany(v => v)];
}
