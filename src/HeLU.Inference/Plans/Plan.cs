using Helu.Inference.Graphs;
using Helu.Inference.Kernels;

namespace Helu.Inference.Plans;

/// <summary>A model's steps for one batch size. Holds no memory of its own but the constants: an arena is handed to each run.</summary>
internal sealed class Plan(Step[] steps, AlignedBuffer[] constants, long arenaLength, Graph graph)
{
    /// <summary>The floats that a run needs.</summary>
    public long ArenaLength { get; } = arenaLength;

    public long[] OutputShape { get; } = graph.Output.shape;

    /// <summary>Runs the steps on inputs and an output of the lengths that the plan was made for. Allocates nothing.</summary>
    public unsafe void Run(AlignedBuffer arena, ReadOnlySpan<nint> inputs, nint output, Workers? workers)
    {
        nint* bases = stackalloc nint[Slot.FirstInput + inputs.Length + constants.Length];
        bases[0] = 0;
        bases[Slot.Arena] = (nint)arena.Pointer;
        bases[Slot.Output] = output;
        for (int i = 0; i < inputs.Length; i++)
            bases[Slot.FirstInput + i] = inputs[i];
        for (int i = 0; i < constants.Length; i++)
            bases[Slot.FirstInput + inputs.Length + i] = (nint)constants[i].Pointer;
        var state = new RunState(bases, workers);
        foreach (Step step in steps)
            step(state);
        // The steps know addresses only: what lies there must outlive them.
        GC.KeepAlive(arena);
        GC.KeepAlive(this);
    }
}
