using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>An activation that no node before it could take over.</summary>
internal sealed class ActivationNode(Value x, Epilogue activation) : Node(x.shape, x)
{
    public Epilogue Activation { get; } = activation;

    /// <summary>HeLU's alpha where HeLU trained what runs as ReLU here.</summary>
    public double? HeluAlpha { get; init; }

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        long count = Output.numel;
        Epilogue activation = Activation;
        SimdWidth width = builder.Width;
        return (in RunState s) => ActivationKernel.Run(s.At(x), s.At(y), count, activation, width);
    }
}
