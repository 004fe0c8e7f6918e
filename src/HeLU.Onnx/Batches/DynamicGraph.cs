using Helu.Inference;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Passes;
using Helu.Inference.Tracing;

namespace Helu.Onnx.Batches;

/// <summary>
/// A forward for every batch size. It is recorded for several; the recordings must be the same nodes, and their sizes give each size as a number or as one that grows with the batch.
/// </summary>
internal sealed class DynamicGraph
{
    /// <summary>Two give a size's formula, the third checks it.</summary>
    private static readonly int[] s_batches = [2, 3, 7];

    private readonly FrozenModel _model;
    private readonly Graph[] _recordings;
    private readonly Dictionary<Node, int> _places;

    private DynamicGraph(FrozenModel model, long[][] shapes)
    {
        _model = model;
        _recordings = [.. s_batches.Select(batch => Record(model, shapes, batch))];
        _places = _recordings[0].Nodes.Select((node, index) => (node, index)).ToDictionary(place => place.node, place => place.index);
        for (int i = 1; i < _recordings.Length; i++)
        {
            CheckSame(_recordings[i], s_batches[i]);
            CheckAligned(_recordings[i], s_batches[i]);
        }
        CheckOneSample(Record(model, shapes, 1));
    }

    public IReadOnlyList<Value> Inputs => _recordings[0].Inputs;

    /// <summary>In the order of execution; nothing that the output does not need.</summary>
    public IReadOnlyList<Node> Nodes => _recordings[0].Nodes;

    public Value Output => _recordings[0].Output;

    /// <exception cref="NotSupportedException">What forward does depends on the batch size in a way that one graph can't express.</exception>
    public static DynamicGraph Record(FrozenModel model, long[][] shapes) => new(model, shapes);

    public Size[] Shape(Value value)
    {
        if (value.Producer is { } producer)
            return [.. Enumerable.Range(0, value.shape.Length).Select(dim => Find(producer, node => node.Output.shape[dim], $"dimension {dim}"))];
        return [new(0, 1), .. value.shape[1..].Select(size => (Size)size)];
    }

    /// <summary>A number that a node holds.</summary>
    public Size Find<T>(T node, Func<T, long> number, string name)
        where T : Node
    {
        long[] found = [.. _recordings.Select(recording => number((T)recording.Nodes[_places[node]]))];
        if (Size.Through(s_batches[0], found[0], s_batches[1], found[1]) is { } size && size.At(s_batches[2]) == found[2])
            return size;
        throw Differs($"{NodeText.Place(node)} has {name} {string.Join(", ", found)} for batches of {string.Join(", ", s_batches)}, which is no fixed number a sample");
    }

    private static Graph Record(FrozenModel model, long[][] shapes, int batch)
    {
        try
        {
            Graph graph = Graph.Record(model.Root, model.Class, [.. shapes.Select(shape => (long[])[batch, .. shape])], model.Settings);
            Fusion.RemoveUnread(graph);
            return graph;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or ArithmeticException)
        {
            throw new NotSupportedException($"The forward of {model.Class.TypeName} fails for a batch of {batch}: {e.Message} An ONNX model takes batches of any size.", e);
        }
    }

    /// <summary>The same operations on the same values. Where a reshape stands may differ: it changes no element.</summary>
    private void CheckSame(Graph other, int batch)
    {
        List<(Node Node, string Text)> expected = Operations(_recordings[0]), actual = Operations(other);
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            if (i == expected.Count)
                throw Differs($"{NodeText.Place(actual[i].Node)} runs for a batch of {batch}, not for one of {s_batches[0]}");
            if (i == actual.Count)
                throw Differs($"{NodeText.Place(expected[i].Node)} runs for a batch of {s_batches[0]}, not for one of {batch}");
            if (expected[i].Text != actual[i].Text)
                throw Differs($"{NodeText.Place(expected[i].Node)} runs for a batch of {s_batches[0]}, {NodeText.Place(actual[i].Node)} for one of {batch}");
        }
    }

    /// <summary>That the nodes can be compared by position, so that a size can be looked up in every recording.</summary>
    private void CheckAligned(Graph other, int batch)
    {
        if (!Nodes.Select(node => node.GetType()).SequenceEqual(other.Nodes.Select(node => node.GetType())))
            throw Differs($"a batch of {s_batches[0]} and one of {batch} are reshaped in different places");
    }

    /// <summary>A batch of one may have a dimension less, where squeeze() drops it, but no other elements.</summary>
    private void CheckOneSample(Graph one)
    {
        CheckSame(one, 1);
        foreach ((Node expected, Node actual) in Operations(_recordings[0]).Zip(Operations(one), (larger, single) => (larger.Node, single.Node)))
        {
            long count = Shape(expected.Output).Aggregate(1L, (product, size) => product * size.At(1));
            if (count != actual.Output.numel)
                throw Differs($"{NodeText.Place(actual)} gives {actual.Output.numel} elements for a batch of 1, where the sizes for others ask for {count}");
        }
    }

    /// <summary>All nodes but reshapes, each with what it does and whose outputs it reads.</summary>
    private static List<(Node Node, string Text)> Operations(Graph graph)
    {
        var places = new Dictionary<Value, int>();
        foreach (Value input in graph.Inputs)
            places[input] = places.Count;
        var operations = new List<(Node, string)>();
        foreach (Node node in graph.Nodes)
        {
            if (node is ReshapeNode)
            {
                places[node.Output] = places[node.Inputs[0]];
                continue;
            }
            operations.Add((node, $"{NodeText.Of(node)} of {Shapes.Text(node.Inputs.Select(input => places[input]))}"));
            places[node.Output] = graph.Inputs.Count + operations.Count;
        }
        return operations;
    }

    private NotSupportedException Differs(string what) => new(
        $"What the forward of {_model.Class.TypeName} does depends on the batch size: {what}. An ONNX model is one graph for every batch size: write forward without reading the batch size, "
        + "except to hand it to view or reshape, and name the dimension in squeeze, mean and sum.");
}
