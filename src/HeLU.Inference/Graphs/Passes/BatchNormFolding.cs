using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Passes;

/// <summary>
/// Folds each BatchNorm into the Linear or convolution before it: W' = W·scale, b' = b·scale + shift for each output channel. Changes the modules
/// themselves, so that a saved model is folded too. Done where neither module runs twice and nothing else reads between them.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>Whether anything was folded: the forward must then be recorded again.</summary>
    public static bool Apply(Graph graph)
    {
        Dictionary<Value, int> uses = graph.CountUses();
        Dictionary<ModuleNode, int> runs = Runs(graph);
        bool folded = false;
        foreach (BatchNormNode norm in graph.Nodes.OfType<BatchNormNode>())
        {
            if (norm.Inputs[0].Producer is WeightedNode layer && uses[layer.Output] == 1 && runs[layer.Module] == 1 && runs[norm.Module] == 1 && IsPerOutput(layer))
            {
                Fold(BatchNormAffine.Of(norm.Module), layer);
                Disarm(norm.Module);
                folded = true;
            }
        }
        return folded;
    }

    /// <summary>BatchNorm scales dimension 1, which is a Linear's output only for [N, C].</summary>
    private static bool IsPerOutput(WeightedNode layer) => layer is not LinearNode || layer.Output.dim == 2;

    private static Dictionary<ModuleNode, int> Runs(Graph graph)
    {
        var runs = new Dictionary<ModuleNode, int>(ReferenceEqualityComparer.Instance);
        foreach (Node node in graph.Nodes)
        {
            if ((node as WeightedNode)?.Module is { } module || (module = (node as BatchNormNode)?.Module) is not null)
                runs[module] = runs.GetValueOrDefault(module) + 1;
        }
        return runs;
    }

    private static void Fold(BatchNormAffine affine, WeightedNode layer)
    {
        ModuleNode module = layer.Module;
        Weight weight = module.Weights["weight"];
        int channels = affine.Scale.Length;
        var scaled = new float[weight.Data.Length];
        if (layer.OutputDimension == 0)
        {
            int length = scaled.Length / channels;
            for (int i = 0; i < scaled.Length; i++)
                scaled[i] = (float)(weight.Data[i] * affine.Scale[i / length]);
        }
        else
        {
            // [in, out/groups, ...]: output channel = group·(out/groups) + position.
            int groups = (int)module.Attribute<long>("groups"), perGroup = channels / groups, inPerGroup = (int)weight.Shape[0] / groups;
            int window = scaled.Length / ((int)weight.Shape[0] * perGroup);
            for (int i = 0; i < scaled.Length; i++)
            {
                int input = i / (perGroup * window), channel = ((input / inPerGroup) * perGroup) + (i / window % perGroup);
                scaled[i] = (float)(weight.Data[i] * affine.Scale[channel]);
            }
        }
        float[]? bias = module.Weights.GetValueOrDefault("bias")?.Data;
        module.Weights["weight"] = new(weight.Shape, scaled);
        module.Weights["bias"] = new([channels], [.. affine.Shift.Select((shift, c) => (float)(((bias?[c] ?? 0.0) * affine.Scale[c]) + shift))]);
        module.Attributes["bias"] = true;
    }

    private static void Disarm(ModuleNode norm)
    {
        norm.Type = "Identity";
        norm.Weights.Clear();
        norm.Attributes.Clear();
    }
}
