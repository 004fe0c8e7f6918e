using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>The layers that a trace shows.</summary>
internal static class TracedLayers
{
    /// <summary>The models of a trace: its own and those that its optimisers train, each once.</summary>
    public static IEnumerable<TracedModel> ModelsOf(Trace trace) =>
        trace.Models.Concat(trace.Optimisers.SelectMany(optimiser => optimiser.Models)).Distinct();

    /// <summary>The layers that <paramref name="outputs"/> depend on, each after those that it is computed from.</summary>
    public static IReadOnlyList<Layer> Behind(IEnumerable<Layer> outputs)
    {
        var order = new List<Layer>();
        var entered = new HashSet<Layer>();
        var open = new Stack<(Layer Layer, bool IsDone)>(outputs.Select(output => (output, false)));
        while (open.Count > 0)
        {
            (Layer layer, bool isDone) = open.Pop();
            if (isDone)
            {
                order.Add(layer);
                continue;
            }
            if (!entered.Add(layer))
                continue;
            open.Push((layer, true));
            foreach (Layer input in layer.Inputs)
                open.Push((input, false));
        }
        return order;
    }
}
