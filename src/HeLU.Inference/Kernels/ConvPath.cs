using System.Runtime.CompilerServices;

namespace Helu.Inference.Kernels;

/// <summary>An algorithm for one convolution in one vector width. Its phases are cut into items that any thread may do, so no result depends on the number of threads.</summary>
internal abstract unsafe class ConvPath
{
    /// <summary>Floats of scratch that a call needs.</summary>
    public abstract long ScratchFloats(int batch);

    /// <summary>Computes the outputs.</summary>
    public abstract void Run(ref ConvCall call);

    /// <summary>Does the items from <paramref name="first"/> to before <paramref name="end"/> of <see cref="ConvCall.Phase"/>.</summary>
    protected abstract void RunItems(in ConvCall call, int first, int end);

    /// <summary>Does all items of a phase, on all threads. Returns when they are done.</summary>
    protected void RunPhase(ref ConvCall call, int phase, int items)
    {
        call.Phase = phase;
        if (call.Workers == null)
        {
            RunItems(call, 0, items);
            return;
        }

        // A path may hand its call to another.
        call.Path = this;
        call.Items = items;
        // The call stands on this thread's stack, and stays there until all threads are done.
        call.Workers.Run(&RunShare, Unsafe.AsPointer(ref call));
    }

    private static void RunShare(void* state, int member, int members)
    {
        ref ConvCall call = ref Unsafe.AsRef<ConvCall>(state);
        int first = (int)((long)call.Items * member / members);
        int end = (int)((long)call.Items * (member + 1) / members);
        if (first < end)
            call.Path.RunItems(call, first, end);
    }
}
