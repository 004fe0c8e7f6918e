using Helu.Inference.Graphs;
using Helu.Inference.Tracing;

namespace Helu.Inference.Modules;

/// <summary>Activations with weights: PReLU, and a ReLU that was given a slope because it is swapped for PReLU.</summary>
internal static class ActivationModules
{
    private const string SlopeCount = "num_parameters";

    public static IEnumerable<WeightSpec> Slopes(ModuleNode m) => [new("weight", m.Attribute<long>(SlopeCount))];

    /// <summary>None but for a ReLU that learned a slope.</summary>
    public static IEnumerable<WeightSpec> SwappedSlope(ModuleNode m) => HasSlope(m) ? Slopes(m) : [];

    public static Value PRelu(ModuleNode m, Value x) => Ops.prelu(x, m.parameter("weight"));

    /// <summary>A ReLU where it is swapped. Its slope counts only for PReLU, which never overwrites its input.</summary>
    public static Value Swapped(ModuleNode m, ActivationSpec spec, Value x)
    {
        bool learns = (Graph.Recording.Settings.Override ?? spec).Kind == Kind.PReLU && HasSlope(m);
        return learns ? PRelu(m, x) : ModuleTypes.InPlace(m, x, Ops.relu(x, spec));
    }

    private static bool HasSlope(ModuleNode m) => m.Attributes.ContainsKey(SlopeCount);
}
