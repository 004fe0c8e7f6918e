using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

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
