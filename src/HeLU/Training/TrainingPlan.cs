using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Tracing;
using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>A recorded forward as calls of libtorch, for inputs of one shape: autograd records them as it does the model's own.</summary>
internal sealed class TrainingPlan
{
    private readonly Step[] _steps;
    private readonly int _inputs;
    private readonly int _output;
    private readonly int _registers;
    private TrainingRun? _idle;

    public TrainingPlan(LiveModel model, Graph graph)
    {
        var registers = new Dictionary<Value, int>();
        foreach (Value input in graph.Inputs)
            registers[input] = registers.Count;
        foreach (Node node in graph.Nodes)
            registers[node.Output] = registers.Count;
        (_inputs, _output, _registers) = (graph.Inputs.Count, registers[graph.Output], registers.Count);
        Dictionary<Value, int> lastReads = LastReads(graph);
        var operations = new TrainingOperations(model, graph, registers);
        _steps = [.. graph.Nodes.Select(StepOf)];

        Step StepOf(Node node, int index) => new(
            operations.Of(node),
            [.. node.Inputs.Distinct().Select(input => registers[input])],
            registers[node.Output],
            [.. node.Inputs.Append(node.Output).Distinct().Where(value => lastReads[value] == index).Select(value => registers[value])],
            node is ParameterNode);
    }

    /// <summary>The result is the caller's; so are the inputs.</summary>
    public Tensor Run(ReadOnlySpan<Tensor> inputs)
    {
        // A hook may run the model again while this run is on.
        TrainingRun run = Interlocked.Exchange(ref _idle, null) ?? new TrainingRun(_registers);
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                run.Set(i, inputs[i]);
                run.Keep(i);
            }
            foreach (Step step in _steps)
                Run(step, run);
            Tensor result = run[_output];
            run.Forget(_output);
            return result;
        }
        finally
        {
            run.Clear();
            _idle = run;
        }
    }

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

    private static void Run(Step step, TrainingRun run)
    {
        Tensor y = step.Operation(run);
        if (step.IsModels)
            run.Keep(step.Output);
        if (!run.IsKept(step.Output))
            y = Own(step, run, y);
        run.Set(step.Output, y);
        foreach (int dying in step.Dying)
            run.Drop(dying);
    }

    /// <summary>An operation in place returns the object that it was given: one register at a time holds it.</summary>
    private static Tensor Own(Step step, TrainingRun run, Tensor y)
    {
        foreach (int input in step.Inputs)
        {
            if (!ReferenceEquals(run.Find(input), y))
                continue;
            if (run.IsKept(input) || Array.IndexOf(step.Dying, input) < 0)
                return y.alias();
            run.Forget(input);
        }
        return y;
    }

    /// <summary>One call.</summary>
    /// <param name="Operation">The call.</param>
    /// <param name="Inputs">What it reads.</param>
    /// <param name="Output">Where its result goes.</param>
    /// <param name="Dying">What nothing reads later.</param>
    /// <param name="IsModels">Whether its result is a tensor of the model itself.</param>
    private sealed record Step(TrainingOperation Operation, int[] Inputs, int Output, int[] Dying, bool IsModels);
}
