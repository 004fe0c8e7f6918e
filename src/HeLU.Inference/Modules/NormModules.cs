using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;

namespace Helu.Inference.Modules;

/// <summary>Normalisations and the embedding.</summary>
internal static class NormModules
{
    public static IEnumerable<WeightSpec> EmbeddingWeights(ModuleNode m) =>
        [new("weight", m.Attribute<long>("num_embeddings"), m.Attribute<long>("embedding_dim"))];

    public static IEnumerable<WeightSpec> BatchNormWeights(ModuleNode m)
    {
        long features = m.Attribute<long>("num_features");
        IEnumerable<WeightSpec> running = [new("running_mean", features), new("running_var", features)];
        return m.Attribute<bool>("affine") ? [new("weight", features), new("bias", features), .. running] : running;
    }

    public static IEnumerable<WeightSpec> LayerNormWeights(ModuleNode m) => Affine(m, m.Attribute<long[]>("normalized_shape"));

    public static IEnumerable<WeightSpec> GroupNormWeights(ModuleNode m) => Affine(m, [m.Attribute<long>("num_channels")]);

    /// <summary>ids [...] to [..., embedding_dim].</summary>
    public static Value Embedding(ModuleNode m, Value ids) => ids.IsIndex
        ? Graph.Recording.Add(new EmbeddingNode(m, ids))
        : throw new NotSupportedException($"'{m.Path}' (Embedding) takes an input of the model as it is: int64 ids that forward hands to it unchanged.");

    /// <summary>[N, C] or [N, C, ...], by the running statistics.</summary>
    public static Value BatchNorm(ModuleNode m, Value x)
    {
        long features = m.Attribute<long>("num_features");
        if (x.dim < 2 || x.shape[1] != features)
            throw new ArgumentException($"'{m.Path}' ({m.Type}) takes [N, {features}, ...]; found {Shapes.Text(x.shape)}.");
        return Graph.Recording.Add(new BatchNormNode(m, x));
    }

    public static Value LayerNorm(ModuleNode m, Value x)
    {
        long[] normalized = m.Attribute<long[]>("normalized_shape");
        if (x.dim < normalized.Length || !x.shape.AsSpan(^normalized.Length..).SequenceEqual(normalized))
            throw new ArgumentException($"'{m.Path}' (LayerNorm) takes [..., {string.Join(", ", normalized)}]; found {Shapes.Text(x.shape)}.");
        return Graph.Recording.Add(new LayerNormNode(m, x));
    }

    public static Value GroupNorm(ModuleNode m, Value x)
    {
        long channels = m.Attribute<long>("num_channels");
        if (x.dim < 2 || (channels > 0 ? x.shape[1] != channels : x.shape[1] % m.Attribute<long>("num_groups") != 0))
            throw new ArgumentException($"'{m.Path}' (GroupNorm) takes [N, {(channels > 0 ? channels : "a multiple of its groups")}, ...]; found {Shapes.Text(x.shape)}.");
        return Graph.Recording.Add(new GroupNormNode(m, x));
    }

    private static IEnumerable<WeightSpec> Affine(ModuleNode m, long[] shape) =>
        m.Attribute<bool>("affine") ? [new("weight", shape), new("bias", shape)] : [];
}
