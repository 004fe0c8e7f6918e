using Helu.Inference.Kernels;

namespace Helu.Inference.Tests.Kernels;

/// <summary>Floats between guards that a kernel must not write to, and that start off a vector's boundary.</summary>
internal sealed unsafe class GuardedFloats
{
    private const int GuardLength = 67;
    private const float Guard = 12345.678f;
    private readonly AlignedBuffer _buffer;

    public GuardedFloats(long length)
    {
        _buffer = new AlignedBuffer(length + (2 * GuardLength));
        _buffer.Span.Fill(Guard);
        Length = (int)length;
    }

    public int Length { get; }

    public float* Pointer => _buffer.Pointer + GuardLength;

    public Span<float> Span => _buffer.Span.Slice(GuardLength, Length);

    /// <summary>Random numbers from -1 to 1 in the floats.</summary>
    public static GuardedFloats Random(long length, Random random)
    {
        GuardedFloats floats = new(length);
        foreach (ref float value in floats.Span)
            value = (random.NextSingle() * 2) - 1;
        return floats;
    }

    public void AssertGuardsIntact()
    {
        Assert.True(_buffer.Span[..GuardLength].IndexOfAnyExcept(Guard) < 0, "A float before the first was written.");
        Assert.True(_buffer.Span[(GuardLength + Length)..].IndexOfAnyExcept(Guard) < 0, "A float behind the last was written.");
    }
}
