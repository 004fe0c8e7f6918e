using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>What the size of a Linear layer says about its place in a model.</summary>
internal static class OutputSize
{
    /// <summary>Regressions, actions, classes of usual data sets; hidden layers and features are wider.</summary>
    private const int Small = 16;

    public static bool IsSmall(TracedModule linear) => linear.OutFeatures is > 0 and <= Small;

    public static bool Narrows(TracedModule linear) => linear.OutFeatures is { } outputs && linear.InFeatures is { } inputs && 2 * outputs <= inputs;
}
