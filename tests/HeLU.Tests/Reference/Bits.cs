using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>Tensors from raw bytes and back: only bytes tell -0 from 0 and one NaN from another.</summary>
internal static class Bits
{
    public static Tensor ToTensor<T>(ScalarType dtype, IReadOnlyCollection<T> patterns)
        where T : unmanaged => ToTensor(dtype, patterns.Count, patterns);

    /// <summary>A tensor of <paramref name="count"/> elements that has the bytes of <paramref name="patterns"/>.</summary>
    public static Tensor ToTensor<T>(ScalarType dtype, long count, IReadOnlyCollection<T> patterns)
        where T : unmanaged
    {
        Tensor tensor = zeros(count, dtype: dtype);
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(patterns.ToArray()).CopyTo(tensor.bytes);
        return tensor;
    }

    /// <summary>The elements in logical order, whatever the strides.</summary>
    public static byte[] Of(Tensor tensor)
    {
        using Tensor detached = tensor.detach();
        using Tensor dense = detached.contiguous();
        return dense.numel() == 0 ? [] : dense.bytes.ToArray();
    }

    public static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        AssertSame(Of(expected), actual);
    }

    public static void AssertSame(byte[] expected, Tensor actual)
    {
        byte[] bytes = Of(actual);
        if (expected.AsSpan().SequenceEqual(bytes))
            return;
        int size = (int)actual.element_size();
        int at = Enumerable.Range(0, Math.Min(expected.Length, bytes.Length) / size)
            .First(i => !expected.AsSpan(i * size, size).SequenceEqual(bytes.AsSpan(i * size, size)));
        Assert.Fail($"{actual.dtype}: element {at} of {bytes.Length / size} is 0x{Hex(bytes, at, size)}, expected 0x{Hex(expected, at, size)}");
    }

    private static string Hex(byte[] bytes, int element, int size) => Convert.ToHexString([.. bytes.AsSpan(element * size, size).ToArray().Reverse()]);
}
