using System.Collections.Immutable;
using System.Globalization;
using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>What the fixes need to know of the layer before a ReLU, as properties of a diagnostic.</summary>
internal static class WidthProperties
{
    /// <summary>"Predicted", a share or probability; "Features", the units or channels; "Dimensions", 1 for Linear, 2 for Conv2d.</summary>
    public static ImmutableDictionary<string, string?> Of(HiddenRelu layer, double predicted) => Of(layer.Weights, predicted);

    /// <summary>Those that are known.</summary>
    public static ImmutableDictionary<string, string?> Of(Layer? weights, double? predicted)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (predicted is { } share)
            properties = properties.Add("Predicted", Percentage.Property(share));
        if (weights?.Module?.OutFeatures is { } width)
            properties = properties.Add("Features", width.ToString(CultureInfo.InvariantCulture));
        return weights is not null && Dimensions(weights) is { } dimensions ? properties.Add("Dimensions", dimensions) : properties;
    }

    private static string? Dimensions(Layer weights) => weights.Name switch
    {
        "Linear" => "1",
        "Conv1d" or "ConvTranspose1d" => "1",
        "Conv2d" or "ConvTranspose2d" => "2",
        "Conv3d" or "ConvTranspose3d" => "3",
        _ => null,
    };
}
