using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A node that runs a module with weights and a bias, can add a residual and applies an activation: act(W·x + b + residual).</summary>
internal abstract class WeightedNode(ModuleNode module, long[] outputShape, Value x) : EpilogueNode(outputShape, x)
{
    public ModuleNode Module { get; } = module;

    /// <summary>A value of the output's shape that is added before the activation.</summary>
    public Value? Residual => Inputs.Length > 1 ? Inputs[1] : null;

    /// <summary>The kernels read each element of the residual right before they write that of the output.</summary>
    public override bool CanOverwrite(int index) => index == 1;

    /// <summary>How its weight's output channels lie: which dimension of the weight they are.</summary>
    public virtual int OutputDimension => 0;

    public void AddResidual(Value residual) => AddInput(residual);

    protected ReadOnlySpan<float> Weight => Module.Weights["weight"].Data;

    protected ReadOnlySpan<float> Bias => Module.Weights.TryGetValue("bias", out Weight? bias) ? bias.Data : [];
}

/// <summary>x·Wᵀ + b: [..., in] to [..., out].</summary>
internal sealed class LinearNode(ModuleNode module, Value x)
    : WeightedNode(module, [.. x.shape[..^1], module.Attribute<long>("out_features")], x)
{
    /// <summary>Whether many elements of the input are 0: it comes from a ReLU.</summary>
    public bool HasSparseInput { get; set; }

    public override unsafe Step Compile(PlanBuilder builder)
    {
        LinearKernel kernel = builder.Weights.Get(
            Module, nameof(LinearKernel), () => new LinearKernel(Weight, Bias, (int)Inputs[0].shape[^1], (int)Output.shape[^1], builder.Width));
        int rows = checked((int)Shapes.Count(Inputs[0].shape.AsSpan(..^1)));
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output), residual = builder.SlotOf(Residual), scratch = builder.Scratch(kernel.ScratchFloats(rows));
        Epilogue epilogue = Epilogue;
        bool isSparse = HasSparseInput;
        return (in RunState s) => kernel.Run(s.At(x), rows, s.At(y), epilogue, s.At(residual), isSparse, s.At(scratch), s.Workers);
    }
}
