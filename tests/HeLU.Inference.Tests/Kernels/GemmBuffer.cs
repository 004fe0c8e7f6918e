using Helu.Inference.Kernels;

namespace Helu.Inference.Tests.Kernels;

/// <summary>Floats for a kernel to read and write, between guards that show when it wrote beside them. Does not start on a cache line.</summary>
internal sealed unsafe class GemmBuffer
{
    private const int Guard = 67;
    private const float GuardValue = 12345.678f;
    private readonly AlignedBuffer _all;

    public GemmBuffer(int length)
    {
        _all = new(length + (2 * Guard));
        _all.Span.Fill(GuardValue);
        Span.Clear();
    }

    public float* Pointer => _all.Pointer + Guard;

    public Span<float> Span => _all.Span[Guard..^Guard];

    /// <summary>Uniform values from -1 to 1.</summary>
    public static GemmBuffer Random(int length, Random random)
    {
        GemmBuffer buffer = new(length);
        foreach (ref float value in buffer.Span)
            value = (random.NextSingle() * 2) - 1;
        return buffer;
    }

    public void AssertNothingWrittenBeside()
    {
        Assert.Equal(-1, _all.Span[..Guard].IndexOfAnyExcept(GuardValue));
        Assert.Equal(-1, _all.Span[^Guard..].IndexOfAnyExcept(GuardValue));
    }
}
