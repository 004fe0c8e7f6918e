using System.Collections.Immutable;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;

namespace Helu.Analyzers.Risk;

/// <summary>Tells the fix that removes a ReLU from an output where the same code, in a loop or a helper method, also is the ReLU of a hidden layer.</summary>
internal static class SharedPlace
{
    /// <summary>Adds "IsHiddenToo" where a ReLU that <paramref name="relu"/> depends on is run or made at <paramref name="place"/> as well.</summary>
    public static ImmutableDictionary<string, string?> Note(ImmutableDictionary<string, string?> properties, Layer relu, SyntaxNode place) =>
        TracedLayers.Behind([relu]).Any(layer => layer != relu && Rectifier.Is(layer) && (layer.Site.Path.Contains(place) || ReluPlace.Making(layer) == place))
            ? properties.Add("IsHiddenToo", "true")
            : properties;
}
