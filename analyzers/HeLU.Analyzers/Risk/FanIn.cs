using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>fan_in: how many numbers a unit of a Linear or convolution is computed from.</summary>
internal static class FanIn
{
    /// <summary>in_features; in_channels times the places of the kernel over the groups. Null where a part of it is not known, and for transposed convolutions.</summary>
    public static double? Of(TracedModule module)
    {
        if (module.InFeatures is not { } inputs || inputs <= 0)
            return null;
        if (module.Factory == "Linear")
            return inputs;
        return Dimensions(module) is { } dimensions && Kernel(module, dimensions) is { } places && module.Number("groups") is { } groups and > 0 ? (double)inputs * places / groups : null;
    }

    private static int? Dimensions(TracedModule module) => module.Factory switch
    {
        "Conv1d" => 1,
        "Conv2d" => 2,
        "Conv3d" => 3,
        _ => null,
    };

    /// <summary>The places of a kernel: given as one side or as all of them.</summary>
    private static double? Kernel(TracedModule module, int dimensions)
    {
        if (module.Number("kernel_size") is { } side)
            return side > 0 ? Math.Pow(side, dimensions) : null;
        if (!module.Arguments.TryGetValue("kernel_size", out Value? value) || value is not Value.Sequence { Items: { IsComplete: true, Items: var sides } })
            return null;
        double places = 1;
        foreach (Value one in sides)
        {
            if (one is not Value.Constant { Content: long and > 0 } known)
                return null;
            places *= (long)known.Content;
        }
        return places;
    }
}
