using System.Runtime.CompilerServices;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Risk;

/// <summary>The modules whose weights code outside of their class fills: a training program that initialises the model before it trains it.</summary>
internal sealed class InitialisedElsewhere
{
    private static readonly ConditionalWeakTable<Traces, InitialisedElsewhere> s_known = new();

    private readonly HashSet<SyntaxNode> _creations;

    private readonly bool _isAnyPossible;

    private InitialisedElsewhere(IReadOnlyCollection<TracedInitialisations> found)
    {
        _creations = [.. found.SelectMany(trace => trace.Creations)];
        _isAnyPossible = found.SelectMany(trace => trace.Unknown).Except(found.SelectMany(trace => trace.Known)).Any();
    }

    public static InitialisedElsewhere Of(Traces traces, CancellationToken token) =>
        s_known.TryGetValue(traces, out InitialisedElsewhere? known)
            ? known
            : s_known.GetValue(traces, key => new([.. key.Roots(token).Select(root => root.Trace(token).Initialisations)]));

    /// <summary>
    /// Whether one of these layers is created where another trace shows a module with weights that are not torch's default; or may be, because
    /// some code fills a module that no trace tells.
    /// </summary>
    public bool Any(IEnumerable<Layer> layers) => _isAnyPossible || layers.Any(layer => layer.Module is { } module && _creations.Contains(module.Creation));
}
