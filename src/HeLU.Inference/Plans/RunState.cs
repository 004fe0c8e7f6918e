using System.Runtime.CompilerServices;
using Helu.Inference.Kernels;

namespace Helu.Inference.Plans;

/// <summary>The base addresses of one run.</summary>
internal readonly unsafe ref struct RunState(nint* bases, Workers? workers)
{
    private readonly nint* _bases = bases;

    public Workers? Workers { get; } = workers;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* At(Slot slot) => (float*)_bases[slot.Base] + slot.Offset;

    /// <summary>An input of int64 ids.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long* Ids(Slot slot) => (long*)_bases[slot.Base];
}
