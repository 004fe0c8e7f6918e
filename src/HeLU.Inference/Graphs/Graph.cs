using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs;

/// <summary>What one run of a generated forward recorded: straight-line nodes over values of known shape.</summary>
internal sealed class Graph
{
    [ThreadStatic]
    private static Graph? t_recording;

    private Graph(ForwardSettings settings) => Settings = settings;

    /// <summary>The graph that this thread records.</summary>
    /// <exception cref="InvalidOperationException">None: an operation was called outside of a forward.</exception>
    public static Graph Recording =>
        t_recording ?? throw new InvalidOperationException("Operations of Helu.Inference.Tracing can only be called while a model's forward is recorded.");

    public ForwardSettings Settings { get; }

    public IReadOnlyList<Value> Inputs { get; private set; } = [];

    /// <summary>In the order of execution.</summary>
    public List<Node> Nodes { get; } = [];

    public Value Output { get; set; } = null!;

    /// <summary>Whether a convolution or pooling window did not fit a whole number of times: the last rows or columns of its input are unused.</summary>
    public bool DropsPixels { get; set; }

    /// <summary>Runs <paramref name="root"/>'s forward on inputs of the given shapes, batch included.</summary>
    public static Graph Record(ModuleNode root, ModelClass model, IReadOnlyList<long[]> shapes, ForwardSettings settings)
    {
        Graph? outer = t_recording;
        var graph = new Graph(settings);
        t_recording = graph;
        try
        {
            Value[] inputs = [.. shapes.Select((shape, i) => new Value(shape, null) { IsIndex = model.IndexInputs[i] })];
            graph.Inputs = inputs;
            graph.Output = model.Forward(root, inputs).Latest;
            return graph;
        }
        finally
        {
            t_recording = outer;
        }
    }

    /// <summary>The shape that <paramref name="operation"/> makes of a value like <paramref name="input"/>; nothing of it is recorded.</summary>
    public static long[] ShapeOf(Value input, Func<Value, Value> operation)
    {
        Graph? outer = t_recording;
        t_recording = new Graph(new ForwardSettings(Override: null));
        try
        {
            return operation(new Value(input.shape, null) { IsIndex = input.IsIndex }).shape;
        }
        finally
        {
            t_recording = outer;
        }
    }

    public Value Add(Node node)
    {
        Nodes.Add(node);
        return node.Output;
    }

    /// <summary>How often each value is read; the graph's output counts as a read.</summary>
    public Dictionary<Value, int> CountUses()
    {
        var uses = new Dictionary<Value, int> { [Output] = 1 };
        foreach (Value input in Nodes.SelectMany(node => node.Inputs))
            uses[input] = uses.GetValueOrDefault(input) + 1;
        return uses;
    }
}
