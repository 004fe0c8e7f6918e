using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;
using Helu.Onnx.Batches;

namespace Helu.Onnx.Operations;

/// <summary>Normalisations. A module without weights gets ones and zeros, which the operations ask for.</summary>
internal static class NormOperations
{
    public static string BatchNorm(GraphWriter onnx, BatchNormNode node)
    {
        ModuleNode module = node.Module;
        long[] channels = module.Weights["running_mean"].Shape;
        return onnx.Add(
            "BatchNormalization",
            [
                onnx.NameOf(node.Inputs[0]),
                Weight(onnx, module, "weight", 1, channels),
                Weight(onnx, module, "bias", 0, channels),
                onnx.Weight(module.Weights["running_mean"]),
                onnx.Weight(module.Weights["running_var"]),
            ],
            Attributes.Float("epsilon", module.Attribute<double>("eps")));
    }

    public static string LayerNorm(GraphWriter onnx, LayerNormNode node)
    {
        ModuleNode module = node.Module;
        long[] normalized = module.Attribute<long[]>("normalized_shape");
        string[] inputs = [onnx.NameOf(node.Inputs[0]), Weight(onnx, module, "weight", 1, normalized)];
        if (module.Weights.TryGetValue("bias", out Weight? bias))
            inputs = [.. inputs, onnx.Weight(bias)];
        return onnx.Add("LayerNormalization", inputs, Attributes.Int("axis", -normalized.Length), Attributes.Float("epsilon", module.Attribute<double>("eps")));
    }

    /// <summary>
    /// As InstanceNormalization of [N, groups, rest], then the channels' scales and shifts: GroupNormalization has been right only since operator set 21.
    /// </summary>
    public static string GroupNorm(GraphWriter onnx, GroupNormNode node)
    {
        ModuleNode module = node.Module;
        Value x = node.Inputs[0];
        long groups = module.Attribute<long>("num_groups");
        string grouped = onnx.Add("Reshape", [onnx.NameOf(x), onnx.Integers(0, groups, -1)]);
        float[] ones = [.. Enumerable.Repeat(1f, (int)groups)];
        string normalized = onnx.Add(
            "InstanceNormalization",
            [grouped, onnx.Constant(ones, groups), onnx.Constant(new float[groups], groups)],
            Attributes.Float("epsilon", module.Attribute<double>("eps")));
        Size[] shape = onnx.Shape(x);
        string y = ShapeOperations.Reshape(onnx, normalized, [shape[0], groups], shape);
        if (module.Weights.TryGetValue("weight", out Weight? weight))
            y = onnx.Add("Mul", [y, PerChannel(onnx, weight, x)]);
        return module.Weights.TryGetValue("bias", out Weight? bias) ? onnx.Add("Add", [y, PerChannel(onnx, bias, x)]) : y;
    }

    /// <summary>[C] as [C, 1, ...], to be broadcast over the positions of x.</summary>
    private static string PerChannel(GraphWriter onnx, Weight weight, Value x) => x.dim == 2
        ? onnx.Weight(weight)
        : onnx.Add("Reshape", [onnx.Weight(weight), onnx.Integers([weight.Shape[0], .. Enumerable.Repeat(1L, (int)x.dim - 2)])]);

    private static string Weight(GraphWriter onnx, ModuleNode module, string name, float ofMissing, long[] shape)
    {
        if (module.Weights.TryGetValue(name, out Weight? weight))
            return onnx.Weight(weight);
        var data = new float[Inference.Graphs.Shapes.Count(shape)];
        Array.Fill(data, ofMissing);
        return onnx.Constant(data, shape);
    }
}
