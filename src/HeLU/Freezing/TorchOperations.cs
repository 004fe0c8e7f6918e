using Helu.Inference;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Kernels;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Helu.Freezing;

/// <summary>Which call of libtorch computes a node. Weights are put on the device once.</summary>
internal sealed class TorchOperations(WeightCache weights, Device device)
{
    public TorchOperation Of(Node node) => node switch
    {
        WeightedNode weighted => Weighted(weighted),
        BatchNormNode norm => BatchNorm(norm),
        LayerNormNode norm => Then(LayerNorm(norm.Module), norm.Epilogue),
        GroupNormNode norm => Then(GroupNorm(norm.Module), norm.Epilogue),
        EmbeddingNode embedding => Embedding(embedding),
        ActivationNode { Activation.Function: ActivationFunction.None } => (x, _, _) => x.alias(),
        ActivationNode activation => Activation(activation.Activation),
        PReluNode => (x, slope, _) => F.prelu(x, slope!),
        SoftmaxNode { IsLog: true, Dimension: var dim } => (x, _, _) => F.log_softmax(x, dim),
        SoftmaxNode { Dimension: var dim } => (x, _, _) => F.softmax(x, dim),
        BinaryNode binary => Then(Binary(binary.Operation), binary.Epilogue),
        ScalarNode scalar => Then(Scalar(scalar), scalar.Epilogue),
        UnaryNode unary => Then(Unary(unary.Operation), unary.Epilogue),
        ReshapeNode reshape => Reshape(reshape.Output.shape),
        CloneNode => (x, _, _) => x.alias(),
        PermuteNode permute => Permute([.. permute.Order.Select(dim => (long)dim)]),
        ConcatNode { Dimension: var dim } concat => (x, other, all) => cat(concat.Inputs.Length > 2 ? all : other is null ? [x] : [x, other], dim),
        NarrowNode narrow => Narrow(narrow.Dimension, narrow.Start, narrow.Output.shape[narrow.Dimension]),
        PadNode pad => TorchPooling.Pad(pad),
        ConstantNode constant => (_, _, _) => On(constant.Weight).alias(),
        ReduceNode reduce => Reduce(reduce),
        PoolNode pool => TorchPooling.Pool(pool),
        AdaptivePoolNode pool => TorchPooling.Adaptive(pool),
        UpsampleNode upsample => TorchPooling.Upsample(upsample),
        _ => throw new NotSupportedException($"{node.GetType().Name} has no form on libtorch."),
    };

    private TorchOperation Weighted(WeightedNode node)
    {
        Tensor weight = On(node.Module.Weights["weight"]);
        Tensor? bias = node.Module.Weights.TryGetValue("bias", out Weight? b) ? On(b) : null;
        TorchOperation layer = node switch
        {
            LinearNode { Output.dim: 2 } when bias is not null => Product(weight, bias),
            LinearNode => (x, _, _) => F.linear(x, weight, bias),
            _ => TorchPooling.Convolution(node, weight, bias),
        };
        Action<Tensor>? activate = TorchActivations.InPlace(node.Epilogue);
        if (node.Residual is null && activate is null)
            return layer;
        return (x, residual, all) =>
        {
            Tensor y = layer(x, null, all);
            if (residual is not null)
                y.add_(residual);
            activate?.Invoke(y);
            return y;
        };
    }

    /// <summary>bias + x·Wᵀ in one call of libtorch; linear takes a third longer for one row.</summary>
    private static TorchOperation Product(Tensor weight, Tensor bias)
    {
        Tensor transposed = weight.t().DetachFromDisposeScope();
        return (x, _, _) => addmm(bias, x, transposed, 1, 1);
    }

    private TorchOperation BatchNorm(BatchNormNode node)
    {
        BatchNormAffine affine = BatchNormAffine.Of(node.Module);
        long[] shape = [.. node.Output.shape.Select((size, i) => i == 1 ? size : 1)];
        Tensor scale = On(new Weight(shape, [.. affine.Scale.Select(value => (float)value)]));
        Tensor shift = On(new Weight(shape, [.. affine.Shift.Select(value => (float)value)]));
        return Then((x, _, _) => addcmul(shift, x, scale, 1), node.Epilogue);
    }

    private TorchOperation LayerNorm(ModuleNode module)
    {
        long[] shape = module.Attribute<long[]>("normalized_shape");
        double eps = module.Attribute<double>("eps");
        Tensor? weight = Weight(module, "weight"), bias = Weight(module, "bias");
        return (x, _, _) => F.layer_norm(x, shape, weight, bias, eps);
    }

    private TorchOperation GroupNorm(ModuleNode module)
    {
        long groups = module.Attribute<long>("num_groups");
        double eps = module.Attribute<double>("eps");
        Tensor? weight = Weight(module, "weight"), bias = Weight(module, "bias");
        return (x, _, _) => F.group_norm(x, groups, weight, bias, eps);
    }

    private TorchOperation Embedding(EmbeddingNode node)
    {
        Tensor table = On(node.Module.Weights["weight"]);
        long[] shape = node.Output.shape;
        return (ids, _, _) =>
        {
            using Tensor flat = ids.reshape(-1);
            using Tensor rows = table.index_select(0, flat);
            return rows.reshape(shape);
        };
    }

    private static TorchOperation Activation(Epilogue activation)
    {
        Action<Tensor>? activate = TorchActivations.InPlace(activation);
        return (x, _, _) =>
        {
            Tensor y = x.clone();
            activate?.Invoke(y);
            return y;
        };
    }

    private static TorchOperation Then(TorchOperation operation, Epilogue epilogue)
    {
        if (TorchActivations.InPlace(epilogue) is not { } activate)
            return operation;
        return (x, other, all) =>
        {
            Tensor y = operation(x, other, all);
            activate(y);
            return y;
        };
    }

    private static TorchOperation Binary(ElementwiseOperation operation) => operation switch
    {
        ElementwiseOperation.Add => (a, b, _) => a.add(b!),
        ElementwiseOperation.Sub => (a, b, _) => a.sub(b!),
        ElementwiseOperation.Mul => (a, b, _) => a.mul(b!),
        ElementwiseOperation.Div => (a, b, _) => a.div(b!),
        ElementwiseOperation.Maximum => (a, b, _) => a.maximum(b!),
        ElementwiseOperation.Minimum => (a, b, _) => a.minimum(b!),
        _ => throw new NotSupportedException($"{operation} has no form on libtorch."),
    };

    private TorchOperation Scalar(ScalarNode node)
    {
        Tensor scalar = On(new Weight([], [(float)node.Scalar]));
        TorchOperation operation = Binary(node.Operation);
        return node.IsScalarFirst ? (x, _, all) => operation(scalar, x, all) : (x, _, all) => operation(x, scalar, all);
    }

    private static TorchOperation Unary(UnaryOperation operation) => operation switch
    {
        UnaryOperation.Abs => (x, _, _) => x.abs(),
        UnaryOperation.Exp => (x, _, _) => x.exp(),
        UnaryOperation.Sqrt => (x, _, _) => x.sqrt(),
        _ => throw new NotSupportedException($"{operation} has no form on libtorch."),
    };

    private static TorchOperation Reshape(long[] shape) => (x, _, _) => x.reshape(shape);

    private static TorchOperation Permute(long[] order) => (x, _, _) => x.permute(order);

    private static TorchOperation Narrow(int dimension, long start, long length) => (x, _, _) => x.narrow(dimension, start, length);

    private static TorchOperation Reduce(ReduceNode node)
    {
        long[] dims = [.. Enumerable.Range(0, node.Mask.Length).Where(i => node.Mask[i]).Select(i => (long)i)];
        bool keep = node.KeepDimensions;
        return node.IsMean ? (x, _, _) => x.mean(dims, keep) : (x, _, _) => x.sum(dims, keep);
    }

    private Tensor? Weight(ModuleNode module, string name) => module.Weights.TryGetValue(name, out Weight? weight) ? On(weight) : null;

    private Tensor On(Weight weight) => weights.Get(weight, device.ToString(), () =>
    {
        using Tensor local = tensor(weight.Data, weight.Shape);
        // Whoever freezes or runs the model may do so in a dispose scope, which the weights must outlive.
        return local.to(device, copy: true).DetachFromDisposeScope();
    });
}
