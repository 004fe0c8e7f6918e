using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>An activation that no node before it could take over.</summary>
internal sealed class ActivationNode(Value x, Epilogue activation) : Node(x.shape, x)
{
    /// <summary>An activation of a kind.</summary>
    public ActivationNode(Value x, ActivationSpec spec)
        : this(x, KindEpilogue.Of(spec)) => Spec = spec;

    public Epilogue Activation { get; } = activation;

    /// <summary>The kind, which says more than what runs: HeLU runs as ReLU. Null for a function that is no <see cref="Kind"/>.</summary>
    public ActivationSpec? Spec { get; }

    public override Value? AliasOf => IsIdentity ? Inputs[0] : null;

    private bool IsIdentity => Activation == Epilogue.None;

    public override bool CanOverwrite(int index) => true;

    public override unsafe Step? Compile(PlanBuilder builder)
    {
        if (IsIdentity)
            return null;
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output);
        long count = Output.numel;
        Epilogue activation = Activation;
        SimdWidth width = builder.Width;
        return (in RunState s) => ActivationKernel.Run(s.At(x), s.At(y), count, activation, width);
    }
}
