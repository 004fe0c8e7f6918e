using Helu.ModelReading;
using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>A hidden layer of a chain: its Linear or convolution and the ReLU behind it.</summary>
/// <param name="Relu">The ReLU.</param>
/// <param name="Weights">The Linear or convolution.</param>
/// <param name="IsNormalised">Whether a normalisation stands between the ReLU before this one and this one.</param>
internal sealed record HiddenRelu(Layer Relu, Layer Weights, bool IsNormalised)
{
    /// <summary>How many units, or channels; null where that is not known.</summary>
    public long? Width => Weights.Module?.OutFeatures;

    public bool IsConvolution => Weights.Kind == LayerKind.Convolution;

    /// <summary>Whether a layer is a ReLU that trains as one: annotated ones that are swapped, and HeLU, are not.</summary>
    public static bool Is(Layer layer) => layer is { Kind: LayerKind.ReLU, Swap: null or { Kind: Kind.ReLU } };
}
