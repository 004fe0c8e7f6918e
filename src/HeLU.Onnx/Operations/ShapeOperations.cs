using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;
using Helu.Onnx.Batches;

namespace Helu.Onnx.Operations;

/// <summary>What changes shapes and moves elements. Sizes that depend on the batch are worked out in the graph where ONNX has no other way to say them.</summary>
internal static class ShapeOperations
{
    public static string Reshape(GraphWriter onnx, ReshapeNode node) =>
        Reshape(onnx, onnx.NameOf(node.Inputs[0]), onnx.Shape(node.Inputs[0]), onnx.Shape(node.Output));

    /// <summary>Size 0 stands for the input's at this place, -1, once, for what is left. Of <paramref name="from"/> the first sizes suffice.</summary>
    public static string Reshape(GraphWriter onnx, string x, Size[] from, Size[] to)
    {
        var sizes = new Size[to.Length];
        bool hasRest = false;
        for (int i = 0; i < to.Length; i++)
        {
            if (to[i] == 0)
                throw new NotSupportedException("A tensor without elements can't be exported to ONNX.");
            bool isKept = !to[i].IsFixed && i < from.Length && from[i] == to[i];
            bool isRest = !to[i].IsFixed && !isKept && !hasRest;
            hasRest |= isRest;
            sizes[i] = isKept ? 0 : isRest ? -1 : to[i];
        }
        return onnx.Add("Reshape", [x, onnx.Sizes(sizes)]);
    }

    public static string Permute(GraphWriter onnx, PermuteNode node) =>
        onnx.Add("Transpose", [onnx.NameOf(node.Inputs[0])], Attributes.Ints("perm", [.. node.Order.Select(dim => (long)dim)]));

    public static string Concat(GraphWriter onnx, ConcatNode node) =>
        onnx.Add("Concat", node.Inputs.Select(onnx.NameOf), Attributes.Int("axis", node.Dimension));

    public static string Narrow(GraphWriter onnx, NarrowNode node)
    {
        Size from = onnx.Find(node, narrow => narrow.Start, "start");
        Size size = onnx.Shape(node.Inputs[0])[node.Dimension], length = onnx.Shape(node.Output)[node.Dimension];
        Size end = new(from.Fixed + length.Fixed, from.PerSample + length.PerSample);
        // To the end, however far that is.
        string to = end == size ? onnx.Integers(long.MaxValue) : onnx.Sizes(end);
        return onnx.Add("Slice", [onnx.NameOf(node.Inputs[0]), onnx.Sizes(from), to, onnx.Integers(node.Dimension)]);
    }

    public static string Pad(GraphWriter onnx, PadNode node)
    {
        Size before = onnx.Find(node, pad => pad.Before, "padding");
        Size after = onnx.Find(node, pad => pad.Output.shape[pad.Dimension] - pad.Inputs[0].shape[pad.Dimension] - pad.Before, "padding");
        return onnx.Add("Pad", [onnx.NameOf(node.Inputs[0]), onnx.Sizes(before, after), "", onnx.Integers(node.Dimension)]);
    }
}
