using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>A step of a traced forward, and with that the tensor that it gives. A loop that runs three times makes three.</summary>
internal sealed class Layer(LayerKind kind, string name, IReadOnlyList<Layer> inputs, Site site)
{
    public LayerKind Kind { get; } = kind;

    /// <summary>The factory's or function's name as written in TorchSharp: <c>Conv2d</c>, <c>log_softmax</c>, <c>cross_entropy</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The tensors that it is computed from. A loss has the prediction first.</summary>
    public IReadOnlyList<Layer> Inputs { get; } = inputs;

    /// <summary>Where it stands.</summary>
    public Site Site { get; } = site;

    /// <summary>The module that computes it; null for functions and operators.</summary>
    public TracedModule? Module { get; init; }

    /// <summary>The number that a <see cref="LayerKind.Constant"/> is filled with.</summary>
    public double? Value { get; init; }

    /// <summary>What a loss compares its input with, where that is computed in the trace too.</summary>
    public Layer? Target { get; init; }

    /// <summary>The activation that an <c>[Activation]</c> attribute trains a <see cref="LayerKind.ReLU"/> with; null where it stays a ReLU.</summary>
    public Annotation? Swap { get; init; }

    public Layer? Input => Inputs.Count > 0 ? Inputs[0] : null;
}
