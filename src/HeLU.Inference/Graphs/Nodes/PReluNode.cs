using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>x where x &gt; 0, else slope·x: one slope, or one for each channel of [N, C, ...].</summary>
internal sealed class PReluNode(Value x, Value slope) : Node(x.shape, x, slope)
{
    public override bool CanOverwrite(int index) => index == 0;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Value input = Inputs[0];
        int channels = (int)Inputs[1].numel;
        int batch = channels == 1 ? 1 : (int)input.shape[0];
        nint positions = (nint)(channels == 1 ? input.numel : Shapes.Count(input.shape.AsSpan(2..)));
        Slot x = builder.SlotOf(input), slopes = builder.SlotOf(Inputs[1]), y = builder.SlotOf(Output);
        SimdWidth width = builder.Width;
        return (in RunState s) => PReluKernel.Run(s.At(x), batch, channels, positions, s.At(slopes), s.At(y), width);
    }
}
