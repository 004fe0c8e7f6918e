using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;
using Helu.Inference.Tracing;

namespace Helu.Inference.Plans;

/// <summary>Tells each node, while it makes its step, where values, scratch and constants lie.</summary>
internal sealed class PlanBuilder
{
    private readonly Graph _graph;
    private readonly ArenaLayout _layout;
    private readonly List<AlignedBuffer> _constants = [];
    private readonly int _firstConstant;
    private long _scratch;

    public PlanBuilder(Graph graph, WeightCache weights, SimdWidth width)
    {
        _graph = graph;
        Weights = weights;
        Width = width;
        _layout = new(graph);
        _firstConstant = Slot.FirstInput + graph.Inputs.Count;
    }

    public WeightCache Weights { get; }

    public SimdWidth Width { get; }

    /// <summary>Where a value lies; nowhere for null.</summary>
    public Slot SlotOf(Value? value)
    {
        if (value is null)
            return Slot.None;
        Value root = _layout.RootOf(value);
        if (root.Producer is ConstantNode constant)
            return Constant(constant.Weight);
        if (root.Producer is null)
            return new(Slot.FirstInput + IndexOf(root), 0);
        return _layout.SlotOf(root);
    }

    /// <summary>Room that a kernel uses while it runs; every step has the same.</summary>
    public Slot Scratch(long floats)
    {
        _scratch = Math.Max(_scratch, floats);
        return new(Slot.Arena, _layout.Length);
    }

    /// <summary>The contents of a weight as they are.</summary>
    public Slot Constant(Weight weight)
    {
        AlignedBuffer buffer = Weights.Get(weight, nameof(Constant), () => Copied(weight.Data));
        int index = _constants.IndexOf(buffer);
        if (index < 0)
        {
            index = _constants.Count;
            _constants.Add(buffer);
        }
        return new(_firstConstant + index, 0);
    }

    public Plan Build()
    {
        var steps = new List<Step>();
        foreach (Node node in _graph.Nodes)
        {
            if (node.Compile(this) is { } step)
                steps.Add(step);
        }
        if (_layout.NeedsCopy)
            steps.Add(CopyToOutput());
        return new Plan([.. steps], [.. _constants], _layout.Length + _scratch, _graph);
    }

    /// <summary>The output is an input or a constant as it is.</summary>
    private unsafe Step CopyToOutput()
    {
        Slot from = SlotOf(_graph.Output), to = new(Slot.Output, 0);
        int count = checked((int)_graph.Output.numel);
        return (in RunState s) => new ReadOnlySpan<float>(s.At(from), count).CopyTo(new Span<float>(s.At(to), count));
    }

    private int IndexOf(Value input)
    {
        for (int i = 0; i < _graph.Inputs.Count; i++)
        {
            if (_graph.Inputs[i] == input)
                return i;
        }
        throw new InvalidOperationException("A forward used a tensor of another recording: a field of a static or shared object holds one.");
    }

    private static AlignedBuffer Copied(float[] data)
    {
        var buffer = new AlignedBuffer(data.Length);
        data.CopyTo(buffer.Span);
        return buffer;
    }
}
