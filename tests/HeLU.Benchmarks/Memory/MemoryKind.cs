namespace Helu.Benchmarks.Memory;

/// <summary>Whose memory is measured.</summary>
internal enum MemoryKind
{
    /// <summary>What libtorch's allocator has given out.</summary>
    Live,

    /// <summary>What is resident of the whole process.</summary>
    Process,
}
