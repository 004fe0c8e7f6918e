using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>
/// Follows the signal through the layers of a model as it is initialised. Null where something on the way is not known: an initialisation,
/// an operation, an unknown width of a layer whose default bias depends on it.
/// </summary>
internal sealed class Signals
{
    /// <summary>A width for layers of unknown width; only the small unevenness of their units depends on it.</summary>
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
        LayerKind.ReLU or LayerKind.HeLU => PreActivationOf(layer.Input)?.Rectified(),
        LayerKind.Pooling or LayerKind.Reshape or LayerKind.Dropout => layer.Input is { } input ? After(input) : null,
        LayerKind.Add when layer.Inputs.Count == 2 => After(layer.Inputs[0]) + After(layer.Inputs[1]),
        _ => null,
    };

    private PreActivation? PreActivationOf(Layer? layer) => layer?.Kind switch
    {
        LayerKind.Linear or LayerKind.Convolution => Weighted(layer),
        LayerKind.Normalisation => Normalised(layer),
        LayerKind.Reshape or LayerKind.Dropout or LayerKind.Pooling => PreActivationOf(layer.Input),
        LayerKind.Input or LayerKind.Add => After(layer) is { } signal ? new(0, Math.Sqrt(signal.MeanSquare), Math.Sqrt(signal.Variance), 0) : null,
        _ => null,
    };

    private PreActivation? Weighted(Layer layer)
    {
        if (layer.Module is not { } module || layer.Input is not { } input || After(input) is not { } signal || Gain(module) is not { } gain || Bias(module) is not { } bias)
            return null;
        return signal.Weighted(gain, FanIn(module) ?? UsualFanIn, bias.Mean, bias.Variance);
    }

    /// <summary>Mean beta, deviation gamma in every unit; torch starts with 0 and 1.</summary>
    private static PreActivation? Normalised(Layer layer)
    {
        if (layer.Module is not { } module)
            return new(0, 0, 1, 0);
        return Filled(module.Weight.Initialisation, 1) is { } gamma && Filled(module.Bias.Initialisation, 0) is { } beta ? new(beta, 0, Math.Abs(gamma), 0) : null;
    }

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
            { Kind: InitialisationKind.Default } when FanIn(module) is { } fanIn => (0, 1 / (3 * fanIn)),
            _ => null,
        };
    }

    /// <summary>The inputs of a unit; for a convolution those of all places of its kernel, as far as they are known.</summary>
    private static double? FanIn(TracedModule module)
    {
        if (module.InFeatures is not { } inputs || inputs <= 0)
            return null;
        double groups = module.Number("groups") is { } number and > 0 ? number : 1;
        return inputs * Kernel(module) / groups;
    }

    private static double Kernel(TracedModule module)
    {
        if (module.Number("kernel_size", "kernelSize") is not { } side || side <= 0)
            return 1;
        return module.Factory switch
        {
            "Conv2d" or "ConvTranspose2d" => side * side,
            "Conv3d" or "ConvTranspose3d" => side * side * side,
            _ => side,
        };
    }
}
