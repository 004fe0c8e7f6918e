namespace Helu.Inference.Kernels;

/// <summary>Zeroed floats that do not move and start on a cache line (64 bytes). Collected like any array.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;
    private readonly float[] _floats;
    private readonly int _start;

    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public AlignedBuffer(long length)
    {
        _floats = GC.AllocateArray<float>(checked((int)(length + (Alignment / sizeof(float)))), pinned: true);
        fixed (float* start = _floats)
        {
            Pointer = (float*)(((nint)start + Alignment - 1) & ~(nint)(Alignment - 1));
            _start = (int)(Pointer - start);
        }
        Length = length;
    }

    /// <summary>Valid as long as this object is reachable.</summary>
    public float* Pointer { get; }

    public long Length { get; }

    /// <summary>Keeps the memory alive by itself, unlike <see cref="Pointer"/>.</summary>
    public Span<float> Span => _floats.AsSpan(_start, checked((int)Length));
}
