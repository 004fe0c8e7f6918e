using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Tracing;

namespace Helu.Inference.Plans;

/// <summary>
/// Where in one block of memory each value lies while it is needed. Values that are never needed at once share room; a node that reads each element
/// before it writes it overwrites an input that nothing reads later; what aliases the model's output lies in the caller's output.
/// </summary>
internal sealed class ArenaLayout
{
    private const long Alignment = 16; // floats: a cache line

    private readonly Dictionary<Value, Value> _parents = [];
    private readonly Dictionary<Value, Slot> _slots = [];

    public ArenaLayout(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            if (node.AliasOf is { } source)
                _parents[node.Output] = source;
        }
        Dictionary<Value, int> lastReads = LastReads(graph);
        OverwriteInputs(graph, lastReads);
        Value output = RootOf(graph.Output);
        NeedsCopy = output.Producer is null or ConstantNode;
        if (!NeedsCopy)
            _slots[output] = new(Slot.Output, 0);
        Place(graph, lastReads);
    }

    /// <summary>In floats.</summary>
    public long Length { get; private set; }

    /// <summary>Whether the output is an input or a constant, which no step writes.</summary>
    public bool NeedsCopy { get; }

    /// <summary>The value whose memory <paramref name="value"/> names.</summary>
    public Value RootOf(Value value)
    {
        while (_parents.TryGetValue(value, out Value? parent))
            value = parent;
        return value;
    }

    public Slot SlotOf(Value root) => _slots[root];

    /// <summary>For each root the last node that reads it; the model's output is read behind the last.</summary>
    private Dictionary<Value, int> LastReads(Graph graph)
    {
        var last = new Dictionary<Value, int>();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            last.TryAdd(RootOf(graph.Nodes[i].Output), i);
            foreach (Value input in graph.Nodes[i].Inputs)
                last[RootOf(input)] = i;
        }
        last[RootOf(graph.Output)] = graph.Nodes.Count;
        return last;
    }

    private void OverwriteInputs(Graph graph, Dictionary<Value, int> lastReads)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Node node = graph.Nodes[i];
            for (int index = 0; index < node.Inputs.Length; index++)
            {
                Value input = RootOf(node.Inputs[index]);
                bool isOurs = input.Producer is not null and not ConstantNode;
                if (!isOurs || lastReads[input] != i || !node.CanOverwrite(index) || input.numel != node.Output.numel)
                    continue;
                _parents[node.Output] = input;
                lastReads[input] = lastReads[node.Output];
                break;
            }
        }
    }

    /// <summary>First fit: values in the order in which they are made, each at the lowest place that is free for its whole life.</summary>
    private void Place(Graph graph, Dictionary<Value, int> lastReads)
    {
        var placed = new List<(long Start, long End, int Dies)>();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            Value value = graph.Nodes[i].Output;
            if (RootOf(value) != value || graph.Nodes[i] is ConstantNode || _slots.ContainsKey(value))
                continue;
            placed.RemoveAll(other => other.Dies < i);
            long length = (value.numel + Alignment - 1) / Alignment * Alignment, start = 0;
            foreach ((long otherStart, long otherEnd, _) in placed.OrderBy(other => other.Start))
            {
                if (otherStart - start >= length)
                    break;
                start = Math.Max(start, otherEnd);
            }
            placed.Add((start, start + length, lastReads[value]));
            _slots[value] = new(Slot.Arena, start);
            Length = Math.Max(Length, start + length);
        }
    }
}
