using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;

namespace Helu.Inference.Modules;

/// <summary>Linear and convolutions.</summary>
internal static class LinearModules
{
    public static IEnumerable<WeightSpec> Weights(ModuleNode m) =>
        WithBias(m, new("weight", m.Attribute<long>("out_features"), m.Attribute<long>("in_features")), m.Attribute<long>("out_features"));

    public static IEnumerable<WeightSpec> ConvWeights(ModuleNode m) =>
        WithBias(m, new("weight", [Out(m), In(m) / Groups(m), .. m.Attribute<long[]>("kernel_size")]), Out(m));

    public static IEnumerable<WeightSpec> ConvTransposeWeights(ModuleNode m) =>
        WithBias(m, new("weight", [In(m), Out(m) / Groups(m), .. m.Attribute<long[]>("kernel_size")]), Out(m));

    /// <summary>[..., in_features] to [..., out_features].</summary>
    public static Value Linear(ModuleNode m, Value x)
    {
        long features = m.Attribute<long>("in_features");
        if (x.dim == 0 || x.shape[^1] != features)
            throw new ArgumentException($"'{m.Path}' (Linear) takes [..., {features}]; found {Shapes.Text(x.shape)}.");
        return Graph.Recording.Add(new LinearNode(m, x));
    }

    /// <summary>[N, C, L] or [N, C, H, W].</summary>
    public static Value Conv(ModuleNode m, Value x)
    {
        CheckChannels(m, x);
        return Graph.Recording.Add(new ConvNode(m, x));
    }

    public static Value ConvTranspose(ModuleNode m, Value x)
    {
        CheckChannels(m, x);
        return Graph.Recording.Add(new ConvTransposeNode(m, x));
    }

    private static void CheckChannels(ModuleNode m, Value x)
    {
        int spatial = m.Attribute<long[]>("kernel_size").Length;
        if (x.dim != spatial + 2 || x.shape[1] != In(m))
            throw new ArgumentException($"'{m.Path}' ({m.Type}) takes [N, {In(m)}, {(spatial == 1 ? "L" : "H, W")}]; found {Shapes.Text(x.shape)}.");
    }

    private static IEnumerable<WeightSpec> WithBias(ModuleNode m, WeightSpec weight, long outputs) =>
        m.Attribute<bool>("bias") ? [weight, new("bias", outputs)] : [weight];

    private static long In(ModuleNode m) => m.Attribute<long>("in_channels");

    private static long Out(ModuleNode m) => m.Attribute<long>("out_channels");

    private static long Groups(ModuleNode m) => m.Attribute<long>("groups");
}
