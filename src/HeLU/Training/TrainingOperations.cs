using Helu.Activations;
using Helu.Freezing;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Kernels;
using Helu.Inference.Tracing;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Helu.Training;

/// <summary>Which call of libtorch computes a node: the one that the model's own code makes, so that its gradient is the same to the last bit.</summary>
internal sealed class TrainingOperations
{
    /// <summary>A whole number: integers take no other factor.</summary>
    private static readonly Scalar s_one = 1L;

    private readonly LiveModel _model;
    private readonly Dictionary<Value, int> _registers;
    private readonly Temporaries _temporaries;
    private readonly ActivationOperations _activations;
    private readonly ModuleOperations _modules;

    public TrainingOperations(LiveModel model, Graph graph, Dictionary<Value, int> registers)
    {
        (_model, _registers, _temporaries) = (model, registers, new(graph));
        _activations = new(model, _temporaries, registers);
        _modules = new(model, registers);
    }

    /// <exception cref="NotSupportedException">The node has no form that trains as the model's own code does.</exception>
    public TrainingOperation Of(Node node) => node switch
    {
        ModuleCallNode call => _activations.Of(call) ?? _modules.Of(call),
        ActivationCallNode call => _activations.Of(call),
        FunctionNode function => OfOne(node, FunctionOperations.Of(function)),
        TensorCallNode call => OfOne(node, FunctionOperations.Of(call)),
        DropoutNode dropout => OfOne(node, FunctionOperations.Of(dropout)),
        ParameterNode parameter => Parameter(parameter),
        BinaryNode { Operation: ElementwiseOperation.Add } add => Add(add),
        BinaryNode binary => OfTwo(node, Binary(binary.Operation)),
        PReluNode => OfTwo(node, (x, weight) => x.prelu(weight)),
        ScalarNode scalar => OfOne(node, ScalarOf(scalar)),
        UnaryNode unary => OfOne(node, Unary(unary.Operation)),
        SoftmaxNode { IsLog: true, Dimension: var dim } => OfOne(node, x => F.log_softmax(x, dim)),
        SoftmaxNode { Dimension: var dim } => OfOne(node, x => F.softmax(x, dim)),
        ReshapeNode reshape => Reshape(reshape),
        CloneNode => OfOne(node, x => x.clone()),
        PermuteNode permute => Permute(permute),
        ConcatNode concat => Concat(concat),
        NarrowNode narrow => Narrow(narrow),
        ReduceNode reduce => OfOne(node, Reduce(reduce)),
        PadNode pad => OfWindows(node, TorchPooling.Pad(pad)),
        PoolNode pool => OfWindows(node, TorchPooling.Pool(pool)),
        AdaptivePoolNode pool => OfWindows(node, TorchPooling.Adaptive(pool)),
        UpsampleNode upsample => OfWindows(node, TorchPooling.Upsample(upsample)),
        _ => throw new NotSupportedException($"{node.GetType().Name} has no fused training; train this model without ToTraining()."),
    };

    private TrainingOperation OfOne(Node node, Func<Tensor, Tensor> operation)
    {
        int x = _registers[node.Inputs[0]];
        return run => operation(run[x]);
    }

    private TrainingOperation OfTwo(Node node, Func<Tensor, Tensor, Tensor> operation)
    {
        int x = _registers[node.Inputs[0]], y = _registers[node.Inputs[1]];
        return run => operation(run[x], run[y]);
    }

    private TrainingOperation OfWindows(Node node, TorchOperation operation)
    {
        int x = _registers[node.Inputs[0]];
        return run => operation(run[x], null, []);
    }

    /// <summary>Read at each run: <c>.to()</c> puts another object in the place of a parameter.</summary>
    private TrainingOperation Parameter(ParameterNode parameter)
    {
        var member = ModelMember.Of(_model.ModuleOf(parameter.Owner), parameter.Field);
        string name = parameter.Owner.Name(parameter.Field);
        return _ => member.Value as Tensor ?? throw new InvalidOperationException($"'{name}' is null; it held a tensor when ToTraining() was called.");
    }

    /// <summary>The sum takes the place of a temporary of its shape, as a residual's last layer is.</summary>
    private TrainingOperation Add(BinaryNode node)
    {
        int into = Array.FindIndex(node.Inputs, input => _temporaries.Contain(input) && input.shape.AsSpan().SequenceEqual(node.Output.shape));
        if (into < 0)
            return OfTwo(node, (a, b) => a.add(b, s_one));
        int target = _registers[node.Inputs[into]], other = _registers[node.Inputs[1 - into]];
        return run =>
        {
            (Tensor sum, Tensor addend) = (run[target], run[other]);
            if (run.IsKept(target) || sum.dtype != addend.dtype)
                return sum.add(addend, s_one);
            return sum.add_(addend, s_one);
        };
    }

    private static Func<Tensor, Tensor, Tensor> Binary(ElementwiseOperation operation) => operation switch
    {
        ElementwiseOperation.Sub => (a, b) => a.sub(b),
        ElementwiseOperation.Mul => (a, b) => a.mul(b),
        ElementwiseOperation.Div => (a, b) => a.div(b),
        ElementwiseOperation.Maximum => (a, b) => a.maximum(b),
        ElementwiseOperation.Minimum => (a, b) => a.minimum(b),
        _ => throw new NotSupportedException($"{operation} has no fused training; train this model without ToTraining()."),
    };

    /// <summary>number - x is -x + number, and number / x is 1/x·number, as TorchSharp's operators compute them.</summary>
    private static Func<Tensor, Tensor> ScalarOf(ScalarNode node)
    {
        Scalar scalar = Scalars.Of(node.Scalar);
        return (node.Operation, node.IsScalarFirst) switch
        {
            (ElementwiseOperation.Add, false) => x => x.add(scalar, s_one),
            (ElementwiseOperation.Sub, false) => x => x.sub(scalar),
            (ElementwiseOperation.Mul, false) => x => x.mul(scalar),
            (ElementwiseOperation.Div, false) => x => x.div(scalar),
            (ElementwiseOperation.Sub, true) => x => Minus(scalar, x),
            (ElementwiseOperation.Div, true) => x => Over(scalar, x),
            _ => throw new NotSupportedException($"{node.Operation} with a number has no fused training; train this model without ToTraining()."),
        };
    }

    private static Tensor Minus(Scalar scalar, Tensor x)
    {
        using Tensor negative = x.negative();
        return negative.add(scalar, s_one);
    }

    private static Tensor Over(Scalar scalar, Tensor x)
    {
        using Tensor reciprocal = x.reciprocal();
        return reciprocal.mul(scalar);
    }

    private static Func<Tensor, Tensor> Unary(UnaryOperation operation) => operation switch
    {
        UnaryOperation.Abs => x => x.abs(),
        UnaryOperation.Exp => x => x.exp(),
        UnaryOperation.Sqrt => x => x.sqrt(),
        _ => throw new NotSupportedException($"{operation} has no fused training; train this model without ToTraining()."),
    };

    private TrainingOperation Reshape(ReshapeNode node)
    {
        long[] shape = node.Output.shape;
        return OfOne(node, x => x.reshape(shape));
    }

    private TrainingOperation Permute(PermuteNode node)
    {
        long[] order = [.. node.Order.Select(dim => (long)dim)];
        return OfOne(node, x => x.permute(order));
    }

    private TrainingOperation Narrow(NarrowNode node)
    {
        (int dimension, long start, long length) = (node.Dimension, node.Start, node.Output.shape[node.Dimension]);
        return OfOne(node, x => x.narrow(dimension, start, length));
    }

    private TrainingOperation Concat(ConcatNode node)
    {
        int[] parts = [.. node.Inputs.Select(input => _registers[input])];
        int dimension = node.Dimension;
        return run =>
        {
            var tensors = new Tensor[parts.Length];
            for (int i = 0; i < tensors.Length; i++)
                tensors[i] = run[parts[i]];
            return cat(tensors, dimension);
        };
    }

    private static Func<Tensor, Tensor> Reduce(ReduceNode node)
    {
        bool keep = node.KeepDimensions;
        if (!keep && node.Mask.All(reduced => reduced))
            return node.IsMean ? x => x.mean() : x => x.sum();
        long[] dims = [.. Enumerable.Range(0, node.Mask.Length).Where(i => node.Mask[i]).Select(i => (long)i)];
        return node.IsMean ? x => x.mean(dims, keep) : x => x.sum(dims, keep);
    }
}
