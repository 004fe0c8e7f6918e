using System.Runtime.CompilerServices;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Risk;

/// <summary>What the code of a compilation does with the outputs of ReLUs: losses over them, layers after them.</summary>
internal sealed class PredictionLosses
{
    private static readonly ConditionalWeakTable<Traces, PredictionLosses> s_found = new();

    private readonly HashSet<SyntaxNode> _onLogits = [];
    private readonly HashSet<SyntaxNode> _onValues = [];
    private readonly HashSet<SyntaxNode> _inside = [];

    private PredictionLosses(Traces traces, CancellationToken token)
    {
        foreach (Trace trace in traces.Roots(token).Select(root => root.Trace(token)))
        {
            foreach ((Layer relu, Layer _) in OnLogits(trace))
                _onLogits.Add(ReluPlace.Of(relu, traces, token));
            foreach (Layer layer in TracedLayers.Behind(trace.Losses))
            {
                foreach (Layer relu in layer.Inputs.Select(Producer.Unshaped).OfType<Layer>().Where(Rectifier.Is))
                {
                    HashSet<SyntaxNode>? places = layer.Kind switch
                    {
                        LayerKind.Loss => relu == Producer.Unshaped(layer.Input) && IsRegression(layer) ? _onValues : null,
                        LayerKind.Reshape => null,
                        _ => _inside,
                    };
                    places?.Add(ReluPlace.Of(relu, traces, token));
                }
            }
        }
    }

    /// <summary>Those of a compilation, looked up once. A cancelled look-up leaves nothing behind.</summary>
    public static PredictionLosses Of(Traces traces, CancellationToken token) => s_found.GetValue(traces, key => new(key, token));

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

    /// <summary>Whether further layers follow the ReLU at <paramref name="place"/> somewhere on the way to a loss.</summary>
    public bool AreBehindLayersAfter(SyntaxNode place) => _inside.Contains(place);

    private static bool TakesLogits(Layer layer) => layer.Kind == LayerKind.Softmax || (layer.Kind == LayerKind.Loss && layer.Name is
        "cross_entropy" or "CrossEntropyLoss" or "nll_loss" or "NLLLoss" or "binary_cross_entropy_with_logits" or "BCEWithLogitsLoss");

    private static bool IsRegression(Layer loss) => loss.Name is
        "mse_loss" or "MSELoss" or "l1_loss" or "L1Loss" or "smooth_l1_loss" or "SmoothL1Loss" or "huber_loss" or "HuberLoss";
}
