using Helu.Inference.Graphs;
using Helu.Inference.Modules;
using Helu.Inference.Tracing;

namespace Helu.Inference.Tests.Harness;

/// <summary>Fills modules with weights of a seed.</summary>
internal static class SeededWeights
{
    public static ModuleNode Seeded(this ModuleNode module, int seed)
    {
        var random = new Random(seed);
        foreach (ModuleNode node in module.DescendantsAndSelf())
        {
            foreach (WeightSpec spec in ModuleTypes.Find(node.Type)?.Weights(node) ?? [])
                node.Weights[spec.Name] = new(spec.Shape, [.. Floats(random, Shapes.Count(spec.Shape)).Select(value => spec.Name == "running_var" ? Math.Abs(value) + 0.1f : value)]);
        }
        return module;
    }

    public static float[] Floats(int seed, long count) => Floats(new Random(seed), count);

    private static float[] Floats(Random random, long count)
    {
        var floats = new float[count];
        for (long i = 0; i < count; i++)
            floats[i] = (float)((random.NextDouble() * 2) - 1);
        return floats;
    }
}
