using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Passes;

/// <summary>Lets a node take over the addition and the activation that follow it, so that its output is stored once.</summary>
internal static class Fusion
{
    public static void Apply(Graph graph)
    {
        ResolveSlopes(graph);
        RemoveUnread(graph);
        FuseResiduals(graph);
        FuseActivations(graph);
        MarkSparseInputs(graph);
    }

    /// <summary>Takes out what the output does not need.</summary>
    public static void RemoveUnread(Graph graph)
    {
        Dictionary<Value, int> uses = graph.CountUses();
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = graph.Nodes[i];
            if (uses.GetValueOrDefault(node.Output) > 0)
                continue;
            foreach (Value input in node.Inputs)
                uses[input]--;
            graph.Nodes.RemoveAt(i);
        }
    }

    /// <summary>PReLU with one learned slope is LeakyReLU.</summary>
    private static void ResolveSlopes(Graph graph)
    {
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            if (graph.Nodes[i] is not PReluNode { Inputs: [{ } x, { Producer: ConstantNode { Weight.Data: [var slope] } }] } prelu)
                continue;
            graph.Nodes[i] = new ActivationNode(x, new Epilogue(ActivationFunction.LeakyReLU, slope));
            graph.Nodes[i].Absorb(prelu);
        }
    }

    /// <summary>
    /// x + layer(...): the layer adds x while it stores. Of two layers the later one, at whose time the other's output is there; it moves to
    /// the place of the addition.
    /// </summary>
    private static void FuseResiduals(Graph graph)
    {
        Dictionary<Value, int> uses = graph.CountUses();
        foreach (BinaryNode sum in graph.Nodes.OfType<BinaryNode>().Where(node => node.Operation == ElementwiseOperation.Add).ToList())
        {
            WeightedNode? layer = sum.Inputs
                .Where(input => uses[input] == 1 && input.shape.AsSpan().SequenceEqual(sum.Output.shape))
                .Select(input => input.Producer)
                .OfType<WeightedNode>()
                .Where(candidate => candidate.Residual is null)
                .MaxBy(graph.Nodes.IndexOf);
            if (layer is null)
                continue;
            Value residual = sum.Inputs[0] == layer.Output ? sum.Inputs[1] : sum.Inputs[0];
            if (!residual.shape.AsSpan().SequenceEqual(sum.Output.shape))
                continue;
            layer.AddResidual(residual);
            layer.Absorb(sum);
            graph.Nodes.Remove(layer);
            graph.Nodes[graph.Nodes.IndexOf(sum)] = layer;
        }
    }

    private static void FuseActivations(Graph graph)
    {
        Dictionary<Value, int> uses = graph.CountUses();
        foreach (ActivationNode activation in graph.Nodes.OfType<ActivationNode>().ToList())
        {
            Value x = activation.Inputs[0];
            if (x.Producer is not EpilogueNode producer || producer.Epilogue != Epilogue.None || uses[x] != 1)
                continue;
            producer.Epilogue = activation.Activation;
            producer.Absorb(activation);
            graph.Nodes.Remove(activation);
        }
    }

    private static void MarkSparseInputs(Graph graph)
    {
        foreach (LinearNode linear in graph.Nodes.OfType<LinearNode>())
            linear.HasSparseInput = IsSparse(linear.Inputs[0]);
    }

    /// <summary>Whether an activation made it that gives many zeros, seen through what keeps them.</summary>
    private static bool IsSparse(Value value) => value.Producer switch
    {
        EpilogueNode node when GivesZeros(node.Epilogue.Function) => true,
        ActivationNode node when GivesZeros(node.Activation.Function) => true,
        ReshapeNode or CloneNode or PermuteNode or NarrowNode or PoolNode { Kind: PoolKind.Max } => IsSparse(value.Producer.Inputs[0]),
        _ => false,
    };

    private static bool GivesZeros(ActivationFunction function) =>
        function is ActivationFunction.ReLU or ActivationFunction.ReLU6 or ActivationFunction.SquaredReLU or ActivationFunction.SmeLU;
}
