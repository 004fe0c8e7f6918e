using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>
/// Follows the signal through the layers of a model as it is initialised. Null where something on the way is not known: an initialisation,
/// an operation, an unknown width of a layer whose default bias depends on it.
/// </summary>
internal sealed class Signals
{
    /// <summary>fan_in of layers where it is not known and their bias does not depend on it: it bounds the signal's breadth only.</summary>
    private const double UsualFanIn = 64;

    /// <summary>The variance of a weight times fan_in: U(-1/sqrt(fan_in), 1/sqrt(fan_in)).</summary>
    private const double DefaultGain = 1.0 / 3;

    /// <summary>The same for kaiming_uniform_ and kaiming_normal_ with the gain of a ReLU.</summary>
    private const double KaimingGain = 2;

    private readonly Dictionary<Layer, Signal?> _known = [];

    /// <param name="layers">The layers of a model in the order in which they run: a layer's inputs before itself.</param>
    public Signals(IEnumerable<Layer> layers)
    {
        foreach (Layer layer in layers)
            After(layer);
    }

    /// <summary>What a ReLU is given, where Linear, convolution or normalisation come before it, dropout and changes of shape aside.</summary>
    public PreActivation? Before(Layer relu) => relu.Input is { } input ? PreActivationOf(input) : null;

    /// <summary>What a layer gives.</summary>
    public Signal? After(Layer layer)
    {
        if (!_known.TryGetValue(layer, out Signal? signal))
            _known[layer] = signal = Compute(layer);
        return signal;
    }

    private Signal? Compute(Layer layer) => layer.Kind switch
    {
        LayerKind.Input => Signal.Standard,
        LayerKind.Linear or LayerKind.Convolution or LayerKind.Normalisation => PreActivationOf(layer)?.Linear(),
        LayerKind.ReLU or LayerKind.HeLU => PreActivationOf(layer.Input)?.Rectified(Producer.WeightsOf(layer)?.Module?.OutFeatures),
        LayerKind.Pooling or LayerKind.Reshape or LayerKind.Dropout => layer.Input is { } input ? After(input) : null,
        LayerKind.Add when layer.Inputs.Count == 2 => After(layer.Inputs[0]) + After(layer.Inputs[1]),
        _ => null,
    };

    private PreActivation? PreActivationOf(Layer? layer) => layer?.Kind switch
    {
        LayerKind.Linear or LayerKind.Convolution => Weighted(layer),
        LayerKind.Normalisation => Normalised(layer),
        LayerKind.Reshape or LayerKind.Dropout or LayerKind.Pooling => PreActivationOf(layer.Input),
        LayerKind.Input or LayerKind.Add => After(layer) is { } signal ? signal.Weighted(1, double.PositiveInfinity, 0, 0) : null,
        _ => null,
    };

    private PreActivation? Weighted(Layer layer)
    {
        if (layer.Module is not { } module || layer.Input is not { } input || After(input) is not { } signal || Gain(module) is not { } gain || Bias(module) is not { } bias)
            return null;
        double fanIn = FanIn.Of(module) ?? UsualFanIn;
        return layer.Kind == LayerKind.Convolution
            ? signal.Convolved(gain, fanIn, bias.Mean, bias.Variance, IsPadded(module))
            : signal.Weighted(gain, fanIn, bias.Mean, bias.Variance);
    }

    private PreActivation? Normalised(Layer layer)
    {
        (double? gamma, double? beta) = layer.Module is { } module ? (Filled(module.Weight.Initialisation, 1), Filled(module.Bias.Initialisation, 0)) : (1, 0);
        if (gamma is not { } deviation || beta is not { } mean)
            return null;
        if (!IsByInput(layer.Name))
            return Signal.Standard.NormalisedByUnit(deviation, mean);
        return layer.Input is { } input && After(input) is { } signal ? signal.NormalisedByInput(deviation, mean) : null;
    }

    private static bool IsByInput(string normalisation) => normalisation is "LayerNorm" or "GroupNorm" or "layer_norm" or "group_norm";

    private static bool IsPadded(TracedModule module) => module.Arguments.TryGetValue("padding", out Value? padding) && padding is not Value.Constant { Content: null or 0L };

    private static double? Filled(Initialisation initialisation, double @default) => initialisation.Kind switch
    {
        InitialisationKind.Default => @default,
        InitialisationKind.Constant => initialisation.Value,
        _ => null,
    };

    private static double? Gain(TracedModule module) => module.Weight.Initialisation switch
    {
        { Kind: InitialisationKind.Default } => DefaultGain,
        { Kind: InitialisationKind.Kaiming } => KaimingGain,
        { Kind: InitialisationKind.Other, Function: var function } when function.StartsWith("xavier", StringComparison.Ordinal) => XavierGain(module),
        { Kind: InitialisationKind.Other, Function: "orthogonal_" } => 1,
        _ => null,
    };

    /// <summary>Glorot: a variance of 2/(fan_in + fan_out).</summary>
    private static double XavierGain(TracedModule module) =>
        module is { InFeatures: { } inputs, OutFeatures: { } outputs } && inputs + outputs > 0 ? 2.0 * inputs / (inputs + outputs) : 1;

    private static (double Mean, double Variance)? Bias(TracedModule module)
    {
        if (module.HasBias == false)
            return (0, 0);
        return module.Bias.Initialisation switch
        {
            { Kind: InitialisationKind.Constant, Value: { } value } => (value, 0),
            { Kind: InitialisationKind.Default } when FanIn.Of(module) is { } fanIn => (0, 1 / (3 * fanIn)),
            _ => null,
        };
    }
}
