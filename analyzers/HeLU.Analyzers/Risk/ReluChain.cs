using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>Hidden ReLU layers of which each is the only input of the next, with nothing that leads around one of them.</summary>
/// <param name="Layers">From the input on; not empty.</param>
/// <param name="Weights">All Linear layers and convolutions of the chain, those without a ReLU among them.</param>
/// <param name="StartsAtData">Whether the first layer takes the model's input; else the output of an activation, a product, an embedding.</param>
internal sealed record ReluChain(IReadOnlyList<HiddenRelu> Layers, IReadOnlyList<Layer> Weights, bool StartsAtData)
{
    /// <summary>The chains of a model that are no part of a longer one.</summary>
    public static IReadOnlyList<ReluChain> Of(TracedModel model)
    {
        HashSet<Layer> inner = Inner(model.Layers);
        Layer[] relus = [.. model.Layers.Where(layer => HiddenRelu.Is(layer) && inner.Contains(layer))];
        var chains = new List<ReluChain>();
        foreach (Layer relu in Enumerable.Reverse(relus))
        {
            if (!chains.Any(chain => chain.Layers.Any(layer => layer.Relu == relu)) && !IsBypassed(relu, model.Layers) && EndingIn(relu) is { } chain)
                chains.Add(chain);
        }
        return chains;
    }

    /// <summary>The layers whose values a further Linear, convolution or other operation with weights takes: those of a hidden layer, not of an output.</summary>
    private static HashSet<Layer> Inner(IReadOnlyList<Layer> layers)
    {
        var inner = new HashSet<Layer>();
        foreach (Layer layer in layers.Reverse())
        {
            if (layer.Kind is LayerKind.Linear or LayerKind.Convolution or LayerKind.Operation || inner.Contains(layer))
                inner.UnionWith(layer.Inputs);
        }
        return inner;
    }

    /// <summary>Whether a sum, a concatenation or a choice further on has an input that does not come through <paramref name="relu"/>: a skip connection, another branch.</summary>
    private static bool IsBypassed(Layer relu, IReadOnlyList<Layer> layers)
    {
        var through = new HashSet<Layer> { relu };
        foreach (Layer layer in layers)
        {
            if (!layer.Inputs.Any(through.Contains))
                continue;
            if (layer.Kind is LayerKind.Add or LayerKind.Concat or LayerKind.Either && !layer.Inputs.All(through.Contains))
                return true;
            through.Add(layer);
        }
        return false;
    }

    /// <summary>Walks back from a ReLU; null where the walk ends at a sum, a concatenation, a choice or what was not understood.</summary>
    private static ReluChain? EndingIn(Layer last)
    {
        var layers = new List<HiddenRelu>();
        var weights = new List<Layer>();
        (Layer? relu, Layer? before, bool isNormalised) = (last, null, false);
        for (Layer? layer = last.Input; layer is not null; layer = layer.Input)
        {
            switch (layer.Kind)
            {
                case LayerKind.Normalisation:
                    isNormalised = true;
                    break;
                case LayerKind.Linear or LayerKind.Convolution:
                    before ??= layer;
                    weights.Add(layer);
                    break;
                case LayerKind.Reshape or LayerKind.Dropout or LayerKind.Pooling or LayerKind.Scale:
                    break;
                case LayerKind.ReLU when HiddenRelu.Is(layer):
                    if (before is not null)
                        layers.Add(new(relu, before, isNormalised));
                    (relu, before, isNormalised) = (layer, null, false);
                    break;
                case LayerKind.Input or LayerKind.Activation or LayerKind.HeLU or LayerKind.ReLU or LayerKind.Operation or LayerKind.Softmax:
                    if (before is not null)
                        layers.Add(new(relu, before, isNormalised));
                    return layers.Count > 0 ? new([.. Enumerable.Reverse(layers)], [.. Enumerable.Reverse(weights)], layer.Kind == LayerKind.Input) : null;
                default:
                    return null;
            }
        }
        return null;
    }
}
