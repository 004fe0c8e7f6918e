using System.Runtime.CompilerServices;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Risk;

/// <summary>The modules whose weights code outside of their class fills: a training program that initialises the model before it trains it.</summary>
internal sealed class InitialisedElsewhere
{
    private static readonly ConditionalWeakTable<Traces, InitialisedElsewhere> s_known = new();

    private readonly HashSet<SyntaxNode> _creations;

    private InitialisedElsewhere(HashSet<SyntaxNode> creations) => _creations = creations;

    public static InitialisedElsewhere Of(Traces traces, CancellationToken token) =>
        s_known.TryGetValue(traces, out InitialisedElsewhere? known) ? known : s_known.GetValue(traces, key => new(Creations(key, token)));

    /// <summary>Whether one of these layers is created where another trace shows a module with weights that are not torch's default.</summary>
    public bool Any(IEnumerable<Layer> layers) => layers.Any(layer => layer.Module is { } module && _creations.Contains(module.Creation));

    private static HashSet<SyntaxNode> Creations(Traces traces, CancellationToken token) =>
        [.. traces.Roots(token)
            .Select(root => root.Trace(token))
            .SelectMany(trace => TracedLayers.ModelsOf(trace).SelectMany(model => model.Layers).Concat(TracedLayers.Behind(trace.Losses)))
            .Select(layer => layer.Module)
            .Where(module => module is not null && module.Weight.Initialisation.Kind != InitialisationKind.Default)
            .Select(module => module!.Creation)];
}
