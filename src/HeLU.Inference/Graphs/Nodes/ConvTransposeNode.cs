using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Transposed convolution: [N, in, ...] to [N, out, ...].</summary>
internal sealed class ConvTransposeNode(ModuleNode module, Value x) : WeightedNode(module, ShapeOf(module, x), x)
{
    public override int OutputDimension => 1;

    public override unsafe Step Compile(PlanBuilder builder)
    {
        ConvTransposeShape shape = Windows.ConvTransposeShape(Module, Inputs[0].shape);
        var kernel = new ConvTransposeKernel(
            builder.Weights.Get(Module, nameof(ConvTransposeWeights), () => new ConvTransposeWeights(Weight, Bias, shape, builder.Width)), shape);
        int batch = checked((int)Inputs[0].shape[0]);
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output), residual = builder.SlotOf(Residual), scratch = builder.Scratch(kernel.ScratchFloats(batch));
        Epilogue epilogue = Epilogue;
        return (in RunState s) => kernel.Run(s.At(x), batch, s.At(y), s.At(residual), epilogue, s.At(scratch), s.Workers);
    }

    /// <summary>(size - 1)·stride - 2·padding + dilation·(kernel - 1) + output_padding + 1.</summary>
    private static long[] ShapeOf(ModuleNode module, Value x)
    {
        long[] kernel = module.Attribute<long[]>("kernel_size"), stride = module.Attribute<long[]>("stride"), padding = module.Attribute<long[]>("padding");
        long[] dilation = module.Attribute<long[]>("dilation"), extra = module.Attribute<long[]>("output_padding");
        var shape = new long[x.shape.Length];
        (shape[0], shape[1]) = (x.shape[0], module.Attribute<long>("out_channels"));
        for (int i = 0; i < kernel.Length; i++)
        {
            shape[i + 2] = ((x.shape[i + 2] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel[i] - 1)) + extra[i] + 1;
            if (shape[i + 2] < 1)
                throw new ArgumentException($"'{module.Path}' ({module.Type}): nothing is left of {Shapes.Text(x.shape)}.");
        }
        return shape;
    }
}
