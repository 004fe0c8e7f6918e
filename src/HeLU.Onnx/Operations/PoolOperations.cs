using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;
using Helu.Inference.Tracing;
using Helu.Onnx.Batches;
using Helu.Onnx.Schema;

namespace Helu.Onnx.Operations;

/// <summary>
/// Pooling and upsampling. ceil_mode is written as more padding at the end: versions of the format and runtimes differ in what the attribute of that name means. Where no pooling of ONNX gives
/// PyTorch's average, it is a product with a matrix for each dimension: windows are rectangles, so that the average over one is the average of its rows' averages.
/// </summary>
internal static class PoolOperations
{
    public static string Pool(GraphWriter onnx, PoolNode node)
    {
        Value x = node.Inputs[0];
        (long[] kernel, long[] stride, long[] padding, long[] dilation, _) = node.Window;
        long[] input = Spatial(onnx, node, x), output = Spatial(onnx, node, node.Output);
        long[] overhang = [.. input.Select((size, i) => Math.Max(0, ((output[i] - 1) * stride[i]) + (dilation[i] * (kernel[i] - 1)) + 1 - size - (2 * padding[i])))];
        if (node.Kind == PoolKind.Max)
            return MaxPool(onnx, node, overhang);
        if (overhang.Any(size => size > 0) && (node.CountIncludePad || node.Divisor != 0))
            return Matrices(onnx, node, [.. input.Select((size, i) => AverageMatrix.OfWindows(node, i, size, output[i]))]);
        bool countsPadding = node.CountIncludePad || node.Divisor != 0;
        string y = onnx.Add("AveragePool", [onnx.NameOf(x)], [.. Window(node.Window, overhang), Attributes.Bool("count_include_pad", countsPadding)]);
        return node.Divisor == 0 ? y : onnx.Add("Mul", [y, onnx.Scalar((float)kernel.Aggregate(1.0, (product, size) => product * size) / node.Divisor)]);
    }

    public static string Adaptive(GraphWriter onnx, AdaptivePoolNode node)
    {
        long[] input = Spatial(onnx, node, node.Inputs[0]), output = Spatial(onnx, node, node.Output);
        string x = onnx.NameOf(node.Inputs[0]);
        if (output.All(size => size == 1))
            return onnx.Add(node.IsMax ? "GlobalMaxPool" : "GlobalAveragePool", [x]);
        if (input.Zip(output).All(sizes => sizes.First % sizes.Second == 0))
        {
            long[] window = [.. input.Zip(output, (size, windows) => size / windows)];
            return onnx.Add(node.IsMax ? "MaxPool" : "AveragePool", [x], Attributes.Ints("kernel_shape", window), Attributes.Ints("strides", window));
        }
        if (!node.IsMax)
            return Matrices(onnx, node, [.. input.Zip(output, AverageMatrix.Adaptive)]);
        for (int i = 0; i < input.Length; i++)
            x = AdaptiveMax(onnx, x, i + 2, input[i], output[i]);
        return x;
    }

    /// <summary>Resize where each element is repeated equally often; else the elements by their positions, which is PyTorch's rounding exactly.</summary>
    public static string Upsample(GraphWriter onnx, UpsampleNode node)
    {
        long[] input = Spatial(onnx, node, node.Inputs[0]), output = Spatial(onnx, node, node.Output);
        string x = onnx.NameOf(node.Inputs[0]);
        int[][] sources = [.. input.Select((size, i) => UpsampleKernel.Sources((int)size, (int)output[i], node.Scale is { Length: > 1 } scale ? scale[i] : node.Scale?[0]))];
        if (input.Select((size, i) => output[i] % size == 0 && sources[i].Select((source, to) => source == to / (output[i] / size)).All(isSame => isSame)).All(isWhole => isWhole))
        {
            float[] scales = [1, 1, .. input.Zip(output, (size, larger) => (float)(larger / size))];
            return onnx.Add(
                "Resize",
                [x, "", onnx.Float32(scales)],
                Attributes.Text("mode", "nearest"),
                Attributes.Text("coordinate_transformation_mode", "asymmetric"),
                Attributes.Text("nearest_mode", "floor"));
        }
        for (int i = 0; i < input.Length; i++)
            x = onnx.Add("Gather", [x, onnx.Integers([.. sources[i].Select(source => (long)source)])], Attributes.Int("axis", i + 2));
        return x;
    }

    /// <summary>Each window's elements, the last repeated in those that are shorter, and the largest of each.</summary>
    private static string AdaptiveMax(GraphWriter onnx, string x, int axis, long size, long windows)
    {
        (long From, long To)[] spans = [.. Enumerable.Range(0, (int)windows).Select(window => AverageMatrix.AdaptiveWindow(window, size, windows))];
        long longest = spans.Max(span => span.To - span.From);
        long[] indices = [.. spans.SelectMany(span => Enumerable.Range(0, (int)longest).Select(i => Math.Min(span.From + i, span.To - 1)))];
        string elements = onnx.Add("Gather", [x, onnx.Integers(indices, [windows, longest])], Attributes.Int("axis", axis));
        return onnx.Add("ReduceMax", [elements, onnx.Integers(axis + 1)], Attributes.Int("keepdims", 0));
    }

    /// <summary>A window that reaches out by a kernel and more, as with dilation it can, needs ceil_mode: padding must be below the kernel.</summary>
    private static string MaxPool(GraphWriter onnx, PoolNode node, long[] overhang)
    {
        PoolWindow window = node.Window;
        bool isPadded = window.Kernel.Select((size, i) => window.Padding[i] + overhang[i] < size).All(fits => fits);
        AttributeProto[] attributes = isPadded ? Window(window, overhang) : [.. Window(window, new long[overhang.Length]), Attributes.Bool("ceil_mode", true)];
        return onnx.Add("MaxPool", [onnx.NameOf(node.Inputs[0])], [.. attributes, Attributes.Ints("dilations", window.Dilation)]);
    }

    private static AttributeProto[] Window(PoolWindow window, long[] overhang) =>
    [
        Attributes.Ints("kernel_shape", window.Kernel),
        Attributes.Ints("strides", window.Stride),
        Attributes.Ints("pads", [.. window.Padding, .. window.Padding.Zip(overhang, (padding, more) => padding + more)]),
    ];

    /// <summary>[..., L]·Mᵀ, and M·[..., H, W] for the rows.</summary>
    private static string Matrices(GraphWriter onnx, Inference.Graphs.Node node, AverageMatrix[] matrices)
    {
        AverageMatrix last = matrices[^1];
        string y = onnx.Add("MatMul", [onnx.NameOf(node.Inputs[0]), onnx.Constant(last.Transposed(), last.Inputs, last.Outputs)]);
        return matrices.Length == 1 ? y : onnx.Add("MatMul", [onnx.Constant(matrices[0].Elements, matrices[0].Outputs, matrices[0].Inputs), y]);
    }

    private static long[] Spatial(GraphWriter onnx, Inference.Graphs.Node node, Value value)
    {
        Size[] sizes = onnx.Shape(value)[2..];
        return sizes.All(size => size.IsFixed)
            ? [.. sizes.Select(size => size.Fixed)]
            : throw new NotSupportedException($"{NodeText.Place(node)} works on a dimension of {string.Join(" x ", sizes)}, which depends on the batch size; keep the batch in dimension 0.");
    }
}
