using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Pooling over windows.</summary>
internal sealed class PoolNode(Value x, PoolWindow window, PoolKind kind, bool countIncludePad, long divisor) : Node(window.OutputShape(x, $"{kind} pooling"), x)
{
    public PoolWindow Window { get; } = window;

    public PoolKind Kind { get; } = kind;

    public bool CountIncludePad { get; } = countIncludePad;

    /// <summary>What an average is divided by; 0: the number of elements.</summary>
    public long Divisor { get; } = divisor;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        PoolKernel kernel = Windows.Pool(this, builder.Width);
        int batch = checked((int)Output.shape[0]);
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        return (in RunState s) => kernel.Run(s.At(x), batch, s.At(y), s.Workers);
    }
}
