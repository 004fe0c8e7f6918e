using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>BatchNorm by its running statistics where it could not be folded: x·scale[c] + shift[c].</summary>
internal sealed class BatchNormNode(ModuleNode module, Value x) : EpilogueNode(x.shape, x)
{
    public ModuleNode Module { get; } = module;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        AlignedBuffer affine = builder.Weights.Get(Module, nameof(BatchNormNode), () => BatchNormAffine.Of(Module).Packed());
        Value input = Inputs[0];
        int batch = (int)input.shape[0], channels = (int)input.shape[1], positions = (int)Shapes.Count(input.shape.AsSpan(2..));
        Slot x = builder.SlotOf(input), y = builder.SlotOf(Output);
        Epilogue epilogue = Epilogue;
        SimdWidth width = builder.Width;
        return (in RunState s) =>
            ChannelAffineKernel.Run(s.At(x), batch, channels, positions, affine.Pointer, affine.Pointer + channels, s.At(y), epilogue, width);
    }
}
