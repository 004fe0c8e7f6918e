using Helu.Inference.Graphs;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;
using static TorchSharp.torch;

namespace Helu.Freezing;

/// <summary>A recorded forward as calls of libtorch, for one batch size.</summary>
internal sealed class TorchPlan : IDisposable
{
    private readonly Step[] _steps;
    private readonly int _inputs;
    private readonly int _output;
    private readonly Tensor?[] _values;

    public TorchPlan(Graph graph, WeightCache weights, Device device)
    {
        var operations = new TorchOperations(weights, device);
        var registers = new Dictionary<Value, int>();
        foreach (Value input in graph.Inputs)
            registers[input] = registers.Count;
        foreach (Node node in graph.Nodes)
            registers[node.Output] = registers.Count;
        Dictionary<Value, int> lastReads = LastReads(graph);
        _steps = [.. graph.Nodes.Select((node, i) => StepOf(node, i))];
        _inputs = graph.Inputs.Count;
        _output = registers[graph.Output];
        _values = new Tensor?[registers.Count];
        OutputShape = graph.Output.shape;

        Step StepOf(Node node, int index)
        {
            int[] inputs = [.. node.Inputs.Select(input => registers[input])];
            // The caller's tensors and the result outlive the run.
            int[] dying = [.. node.Inputs.Append(node.Output).Distinct().Where(value => lastReads[value] == index && !graph.Inputs.Contains(value)).Select(value => registers[value])];
            return new(operations.Of(node), inputs, registers[node.Output], dying);
        }
    }

    public long[] OutputShape { get; }

    public Tensor Run(ReadOnlySpan<Tensor> inputs)
    {
        try
        {
            for (int i = 0; i < inputs.Length; i++)
                _values[i] = inputs[i].requires_grad ? inputs[i].detach() : inputs[i];
            foreach (Step step in _steps)
                Run(step);
            Tensor result = _values[_output]!;
            if (_output < _inputs)
                return result.alias();
            _values[_output] = null;
            return result;
        }
        finally
        {
            Release(inputs);
        }
    }

    public void Dispose() => Array.Clear(_values);

    private static Dictionary<Value, int> LastReads(Graph graph)
    {
        var last = new Dictionary<Value, int>();
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            last[graph.Nodes[i].Output] = i;
            foreach (Value input in graph.Nodes[i].Inputs)
                last[input] = i;
        }
        last[graph.Output] = graph.Nodes.Count;
        return last;
    }

    private void Run(Step step)
    {
        Tensor x = step.Inputs.Length > 0 ? _values[step.Inputs[0]]! : null!;
        Tensor? other = step.Inputs.Length > 1 ? _values[step.Inputs[1]] : null;
        _values[step.Output] = step.Inputs.Length <= 2
            ? step.Operation(x, other, [])
            : step.Operation(x, other, [.. step.Inputs.Select(input => _values[input]!)]);
        foreach (int dying in step.Dying)
        {
            _values[dying]!.Dispose();
            _values[dying] = null;
        }
    }

    /// <summary>Nothing is left over, also where an operation threw.</summary>
    private void Release(ReadOnlySpan<Tensor> inputs)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i] is { } left && (i >= inputs.Length || !ReferenceEquals(left, inputs[i])))
                left.Dispose();
            _values[i] = null;
        }
    }

    /// <summary>One call: what it reads, where its result goes, what nothing reads later.</summary>
    private sealed record Step(TorchOperation Operation, int[] Inputs, int Output, int[] Dying);
}
