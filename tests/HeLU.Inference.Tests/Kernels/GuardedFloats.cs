using System.Collections.Concurrent;
using Helu.Inference.Kernels;

namespace Helu.Inference.Tests.Kernels;

/// <summary>Floats for a kernel, off the cache line, between guards that the kernel must leave alone.</summary>
internal sealed unsafe class GuardedFloats
{
    private const int Guard = 67;
    private const float GuardValue = -12345.678f;

    /// <summary>A kernel sees addresses only, so the collector could take a buffer while it runs; more than a test uses at once are kept.</summary>
    private const int Kept = 4096;

    private static readonly ConcurrentQueue<AlignedBuffer> s_kept = new();

    private readonly AlignedBuffer _buffer;

    public GuardedFloats(long length)
    {
        _buffer = new AlignedBuffer(length + (2 * Guard));
        s_kept.Enqueue(_buffer);
        if (s_kept.Count > Kept)
            s_kept.TryDequeue(out _);
        _buffer.Span.Fill(GuardValue);
        Span.Fill(float.NaN);
    }

    public GuardedFloats(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Length => Span.Length;

    public float* Pointer => _buffer.Pointer + Guard;

    public Span<float> Span => _buffer.Span[Guard..^Guard];

    /// <summary>Values from -1 to 1.</summary>
    public static GuardedFloats Random(long length, Random random)
    {
        GuardedFloats floats = new(length);
        foreach (ref float value in floats.Span)
            value = (random.NextSingle() * 2) - 1;
        return floats;
    }

    /// <summary>Values from -2 to 2 that the seed decides.</summary>
    public static GuardedFloats Random(int length, int seed)
    {
        GuardedFloats floats = new(length);
        Random random = new(seed);
        foreach (ref float value in floats.Span)
            value = (random.NextSingle() * 4) - 2;
        return floats;
    }

    /// <summary>Compares within <paramref name="tolerance"/>, relative where values are over 1, and checks the guards.</summary>
    public void AssertEqual(ReadOnlySpan<double> expected, double tolerance, string context)
    {
        AssertGuards(context);
        Assert.Equal(expected.Length, Span.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = expected[i].Equals(Span[i]) || Math.Abs(expected[i] - Span[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(same, $"{context}: element {i} is {Span[i]}, expected {expected[i]}.");
        }
    }

    public void AssertGuards(string context = "kernel")
    {
        foreach (float guard in _buffer.Span[..Guard])
            Assert.True(guard == GuardValue, $"{context}: wrote before the start.");
        foreach (float guard in _buffer.Span[^Guard..])
            Assert.True(guard == GuardValue, $"{context}: wrote behind the end.");
    }
}
