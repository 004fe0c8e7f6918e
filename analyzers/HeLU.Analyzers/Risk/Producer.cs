using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>Walks back from a tensor to the layer that gave its values.</summary>
internal static class Producer
{
    /// <summary>The layer whose sign an activation sees: pooling, dropout and changes of shape leave it.</summary>
    public static Layer? Of(Layer activation) => Behind(activation.Input, LayerKind.Reshape, LayerKind.Dropout, LayerKind.Pooling);

    /// <summary>The Linear or convolution of a ReLU, whether a normalisation follows it or not; null where there is none, or a sum or an unknown step comes between.</summary>
    public static Layer? WeightsOf(Layer activation)
    {
        Layer? producer = Of(activation);
        if (producer?.Kind == LayerKind.Normalisation)
            producer = Of(producer);
        return producer?.Kind is LayerKind.Linear or LayerKind.Convolution ? producer : null;
    }

    /// <summary>The same elements as a tensor holds, before changes of their shape.</summary>
    public static Layer? Unshaped(Layer? tensor) => Behind(tensor, LayerKind.Reshape);

    /// <summary>The tensor that a regression's prediction is made of: scaled, or one of its values for each sample, as Q-values of the actions taken.</summary>
    public static Layer? Prediction(Layer? tensor)
    {
        while (tensor is { Kind: LayerKind.Reshape or LayerKind.Scale } or { Kind: LayerKind.Operation, Name: "gather" })
            tensor = tensor.Input;
        return tensor;
    }

    private static Layer? Behind(Layer? layer, params LayerKind[] kinds)
    {
        while (layer is not null && kinds.Contains(layer.Kind))
            layer = layer.Input;
        return layer;
    }
}
