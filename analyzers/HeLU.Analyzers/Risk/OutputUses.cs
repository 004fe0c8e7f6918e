using System.Runtime.CompilerServices;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Risk;

/// <summary>What the code of a compilation does with the outputs of ReLUs and models: losses over them, layers after them.</summary>
internal sealed class OutputUses
{
    private static readonly ConditionalWeakTable<Traces, OutputUses> s_found = new();

    private readonly HashSet<SyntaxNode> _onLogits = [];
    private readonly HashSet<SyntaxNode> _onValues = [];
    private readonly HashSet<SyntaxNode> _inside = [];
    private readonly HashSet<SyntaxNode> _continued = [];
    private readonly HashSet<ITypeSymbol> _continuedTypes = new(SymbolEqualityComparer.Default);

    private OutputUses(Traces traces, CancellationToken token)
    {
        foreach (Trace trace in traces.Roots(token).Select(root => root.Trace(token)))
        {
            Add(_onLogits, OnLogits(trace).Select(pair => pair.Relu));
            Add(_onValues, trace.Losses.Where(IsRegression).Select(loss => Producer.Prediction(loss.Input)));
            Add(_inside, TracedLayers.Behind(trace.Losses).Where(IsWeighted).SelectMany(layer => layer.Inputs).Select(Producer.Unshaped));
            foreach (TracedModule module in trace.Continued)
            {
                _continued.Add(module.Creation);
                if (module is { IsUserClass: true, Type: { } type })
                    _continuedTypes.Add(type.OriginalDefinition);
            }
        }

        void Add(HashSet<SyntaxNode> places, IEnumerable<Layer?> outputs) =>
            places.UnionWith(outputs.OfType<Layer>().Where(Rectifier.Is).Select(relu => ReluPlace.Of(relu, traces, token)));
    }

    /// <summary>Those of a compilation, looked up once. A cancelled look-up leaves nothing behind.</summary>
    public static OutputUses Of(Traces traces, CancellationToken token) => s_found.GetValue(traces, key => new(key, token));

    /// <summary>The ReLUs of a trace that a softmax, or a loss that holds one, takes as logits, each with that.</summary>
    public static IEnumerable<(Layer Relu, Layer Consumer)> OnLogits(Trace trace) =>
        trace.Models.SelectMany(model => model.Layers).Concat(TracedLayers.Behind(trace.Losses))
            .Where(TakesLogits)
            .Select(consumer => (Relu: Producer.Unshaped(consumer.Input), consumer))
            .Where(pair => Rectifier.Is(pair.Relu))
            .Select(pair => (pair.Relu!, pair.consumer));

    /// <summary>Whether the ReLU at <paramref name="place"/> gives logits.</summary>
    public bool AreOnLogits(SyntaxNode place) => _onLogits.Contains(place);

    /// <summary>Whether a loss of a regression is computed over the ReLU at <paramref name="place"/>.</summary>
    public bool AreOnValues(SyntaxNode place) => _onValues.Contains(place);

    /// <summary>Whether further layers follow the ReLU at <paramref name="place"/>, or the model that ends in it, somewhere.</summary>
    public bool GoOn(SyntaxNode place, TracedModule model) =>
        _inside.Contains(place) || _continued.Contains(model.Creation) || (model.Type is { } type && model.IsUserClass && _continuedTypes.Contains(type.OriginalDefinition));

    private static bool TakesLogits(Layer layer) => layer.Kind == LayerKind.Softmax
        || layer is { Kind: LayerKind.Loss, Name: "cross_entropy" or "nll_loss" or "binary_cross_entropy_with_logits" };

    private static bool IsRegression(Layer loss) => loss.Name is "mse_loss" or "l1_loss" or "smooth_l1_loss" or "huber_loss";

    private static bool IsWeighted(Layer layer) => layer.Kind is LayerKind.Linear or LayerKind.Convolution or LayerKind.Normalisation or LayerKind.Concat or LayerKind.Add;
}
