using System.Runtime.CompilerServices;
using Helu.Inference.Kernels;

namespace Helu.Inference.Plans;

/// <summary>Where a value lives while a plan runs: an offset from one of the run's base addresses.</summary>
/// <param name="Base">0: nowhere (null). 1: the arena. 2: the output. From 3 on: the inputs, then the constants.</param>
/// <param name="Offset">In floats.</param>
internal readonly record struct Slot(int Base, long Offset)
{
    public const int Arena = 1;
    public const int Output = 2;
    public const int FirstInput = 3;

    public static Slot None => default;
}

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

/// <summary>One call of a kernel, everything but the addresses bound.</summary>
internal delegate void Step(in RunState state);
