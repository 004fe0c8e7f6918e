using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>Convolution: [N, in, ...] to [N, out, ...].</summary>
internal sealed class ConvNode(ModuleNode module, Value x) : WeightedNode(module, ShapeOf(module, x), x)
{
    public override unsafe Step Compile(PlanBuilder builder)
    {
        ConvShape shape = Windows.ConvShape(Module, Inputs[0].shape);
        int batch = checked((int)Inputs[0].shape[0]);
        ConvAlgorithm algorithm = ConvAlgorithms.Choose(shape, builder.Width, batch);
        var kernel = new ConvKernel(builder.Weights.Get(Module, algorithm, () => new ConvPackedWeights(Weight, Bias, shape, algorithm, builder.Width)), shape);
        Slot x = builder.SlotOf(Inputs[0]), y = builder.SlotOf(Output), residual = builder.SlotOf(Residual), scratch = builder.Scratch(kernel.ScratchFloats(batch));
        Epilogue epilogue = Epilogue;
        return (in RunState s) => kernel.Run(s.At(x), batch, s.At(y), s.At(residual), epilogue, s.At(scratch), s.Workers);
    }

    private static long[] ShapeOf(ModuleNode module, Value x)
    {
        long[] kernel = module.Attribute<long[]>("kernel_size"), stride = module.Attribute<long[]>("stride");
        long[] padding = module.Attribute<long[]>("padding"), dilation = module.Attribute<long[]>("dilation");
        var shape = new long[x.shape.Length];
        (shape[0], shape[1]) = (x.shape[0], module.Attribute<long>("out_channels"));
        for (int i = 0; i < kernel.Length; i++)
        {
            (shape[i + 2], bool drops) = Shapes.Windows(x.shape[i + 2], kernel[i], stride[i], padding[i], dilation[i], module.Path);
            Graph.Recording.DropsPixels |= drops;
        }
        return shape;
    }
}
