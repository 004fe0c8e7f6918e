using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>
/// Reads operations on tensors. All spellings of one operation - function, method, in-place method - give the same name and arguments,
/// which are PyTorch's: <c>softmax(x, dim)</c>, <c>max_pool2d(x, kernel_size, stride, padding, dilation, ceil_mode)</c>.
/// </summary>
internal sealed class TensorOperations(ClassReading reading, ExpressionReader expressions)
{
    private static readonly string[] s_views = ["reshape", "flatten", "transpose", "permute", "squeeze", "unsqueeze", "narrow", "slice"];

    /// <summary>Our activations by the names of their functions.</summary>
    private static readonly Dictionary<string, Kind> s_kinds = new(StringComparer.Ordinal)
    {
        ["helu"] = Kind.HeLU,
        ["straight_through"] = Kind.StraightThrough,
        ["leaky_backward"] = Kind.LeakyBackward,
        ["clipped_straight_through"] = Kind.ClippedStraightThrough,
        ["sugar"] = Kind.SUGAR,
        ["swish"] = Kind.SiLU,
        ["squared_relu"] = Kind.SquaredReLU,
        ["smelu"] = Kind.SmeLU,
        ["golu"] = Kind.GoLU,
        ["sau"] = Kind.SAU,
        ["quadratic"] = Kind.Quadratic,
    };

    private readonly TensorArguments _arguments = new(reading, expressions);
    private readonly PoolOperations _pools = new(reading, expressions);

    /// <summary>Whether a method works on tensors: TorchSharp's, or one of our activations in its spellings.</summary>
    public bool Knows(IMethodSymbol method)
    {
        INamedTypeSymbol type = method.ContainingType;
        if (TorchTypes.IsHeluExtension(method))
            return reading.Types.IsTensor(method.ReturnType);
        return reading.Types.IsTensor(type) || (method.IsStatic && type.Name is ("torch" or "functional" or "special") && reading.Types.IsTorchSharp(type));
    }

    /// <summary>Whether a method of this name gives what a tensor holds.</summary>
    public static bool IsOfContents(string name) => name is "item" or "ToSingle" or "ToInt32" or "ToInt64" or "ToDouble" or "ToBoolean" or "data" or "any" or "all" or "is_nonzero" or "equal" or "allclose";

    public Expression Read(IInvocationOperation operation)
    {
        var call = new TensorCall(operation);
        if (call.Name == "WrappedTensorDisposeScope")
            return Wrapped(operation);
        if (call.Input is null)
            return reading.Problem(operation, Instead.Operation);
        Expression input = expressions.Read(call.Input);
        if (input == Expression.None)
            return input;
        int problems = reading.Problems.Count;
        if (Read(call, input) is not { } value)
            return reading.Problem(operation, IsOfContents(call.Name) ? Instead.Contents : Instead.Operation);
        if (reading.Problems.Count > problems || value == Expression.None)
            return Expression.None;
        if (call.Untaken.FirstOrDefault() is { } untaken)
            return reading.Problem(untaken.Value, Instead.Argument);
        return IsInPlace(call) ? InPlace(call, input, value) : ExpressionReader.All(value);
    }

    /// <summary>Whether the input is overwritten: by TorchSharp's ELU it is not, which returns a new tensor also where it is asked to work in place.</summary>
    private static bool IsInPlace(TensorCall call) =>
        call.Name != "elu" && (call.HasInPlaceName || call.InPlaceArgument is { ConstantValue: { HasValue: true, Value: true } });

    /// <summary>A variable can be seen by another name, and so can what a module or a helper returns; what an operation just computed has none.</summary>
    private Expression InPlace(TensorCall call, Expression input, Expression value)
    {
        if (call.Name is "requires_grad" or "detach")
            return value;
        if (value is Expression.Operation { Name: var name } && s_views.Contains(name))
            return reading.Problem(call.Operation, Instead.InPlaceShape);
        return input switch
        {
            Expression.Local or Expression.Index or Expression.Receiver => new Expression.InPlace(input, value),
            Expression.InPlace inPlace => new Expression.InPlace(inPlace.Target, value),
            Expression.ParameterField => reading.Problem(call.Operation, Instead.Field),
            Expression.Operation operation when s_views.Contains(operation.Name) => reading.Problem(call.Operation, Instead.InPlaceView),
            Expression.Operation or Expression.Relu => reading.IsTraining ? new Expression.InPlaceOnResult(value) : value,
            _ when value == input => value,
            _ => new Expression.InPlaceOnResult(value),
        };
    }

    private Expression? Read(TensorCall call, Expression x) => call.Name switch
    {
        "relu" => new Expression.Relu(x, reading.Swap(call.Operation)),
        "abs" or "absolute" => Operation("abs", x),
        "neg" or "negative" => Operation("neg", x),
        "exp" or "sqrt" or "square" or "selu" or "mish" or "sigmoid" or "tanh" or "relu6" or "hardsigmoid" or "hardswish" => Operation(call.Name, x),
        _ when s_kinds.TryGetValue(call.Name, out Kind kind) => WithParameters(call, x, kind),
        "prelu" => Operation("prelu", x, _arguments.Required(call, "weight", "target")),
        "silu" or "SiLU" => Operation("silu", x),
        "gelu" => Operation("gelu", x, new Expression.Constant(call.Take("approximate") is { } approximate && Constants.EnumMember(approximate) == "tanh")),
        "leaky_relu" => Operation("leaky_relu", x, _arguments.Scalar(call, 0.01, "negative_slope")),
        "elu" when !call.Has("input_scale") => Operation("elu", x, _arguments.Scalar(call, 1.0, "alpha")),
        "celu" => Operation("celu", x, _arguments.Scalar(call, 1.0, "alpha")),
        "softplus" => Operation("softplus", x, _arguments.Scalar(call, 1.0, "beta"), _arguments.Scalar(call, 20.0, "threshold")),
        "hardtanh" => Hardtanh(call),
        "clamp" or "clip" or "clamp_min" or "clamp_max" => Clamp(call, x),
        "softmax" or "log_softmax" => _arguments.TakesFloat32(call) ? Operation(call.Name, x, _arguments.Required(call, "dim")) : Expression.None,
        "add" => Operation("add", x, _arguments.Scaled(call)),
        "sub" or "subtract" => Operation("sub", x, _arguments.Scaled(call)),
        "mul" or "multiply" => Operation("mul", x, _arguments.Other(call)),
        "div" or "divide" or "true_divide" => Divide(call, x),
        "maximum" or "minimum" => Operation(call.Name, x, _arguments.Other(call)),
        "max" or "min" when call.Has("other") => Operation(call.Name + "imum", x, _arguments.Other(call)),
        "pow" => Power(call, x),
        "cat" or "concat" or "concatenate" => Operation("cat", x, _arguments.Required(call, "dim", "axis")),
        "stack" => Stack(call, x),
        "reshape" or "view" => Operation("reshape", x, _arguments.Required(call, "shape")),
        "view_as" or "reshape_as" => Operation("reshape", x, new Expression.Member(_arguments.Other(call), "shape")),
        "ravel" => Operation("reshape", x, TensorArguments.Longs(new Expression.Constant(-1))),
        "flatten" when call.Has("start_dim") => Operation("flatten", x, _arguments.Required(call, "start_dim"), _arguments.Required(call, "end_dim")),
        "transpose" or "swapaxes" or "swapdims" => Operation("transpose", x, _arguments.Required(call, "dim0", "axis0"), _arguments.Required(call, "dim1", "axis1")),
        "t" => Operation("transpose", x, new Expression.Constant(0), new Expression.Constant(1)),
        "permute" => Operation("permute", x, _arguments.Required(call, "permutation")),
        "squeeze" => _arguments.Optional(call, "dim") is { } dim ? Operation("squeeze", x, dim) : Operation("squeeze", x),
        "unsqueeze" => Operation("unsqueeze", x, _arguments.Required(call, "dim")),
        "mean" or "sum" => Reduce(call, x),
        "chunk" => Operation("chunk", x, _arguments.Required(call, "chunks"), _arguments.Required(call, "dim")),
        "narrow" => Operation("narrow", x, _arguments.Required(call, "dim"), _arguments.Required(call, "start"), _arguments.Required(call, "length")),
        "slice" => Slice(call, x),
        "select" => Select(call, x),
        "size" => call.Take("dim") is { } dim ? new Expression.MethodCall(x, "size", new([expressions.Read(dim)])) : new Expression.Member(x, "shape"),
        "dim" or "numel" => new Expression.Member(x, call.Name),
        "dropout" or "dropout1d" or "dropout2d" or "dropout3d" or "alpha_dropout" or "feature_alpha_dropout" or "feature_dropout" => Dropout(call, x),
        "clone" => Operation("clone", x),
        "contiguous" or "detach" => reading.IsTraining ? Operation(call.Name, x) : Same(call, x),
        "alias" or "positive" or "MoveToOuterDisposeScope" or "MoveToOtherDisposeScope" or "DetachFromDisposeScope" or "DetatchFromDisposeScope" => Same(call, x),
        "cpu" or "cuda" or "mps" or "requires_grad" or "with_requires_grad" or "float" => Converted(call, x),
        "to" or "to_type" or "type" => To(call, x),
        "long" or "int" => _arguments.IsIndex(call.Input!) ? Converted(call, x) : reading.Problem(call.Operation, Instead.DType),
        _ => _pools.Read(call, x),
    };

    private static Expression Operation(string name, params Expression[] arguments) => ExpressionReader.All(new Expression.Operation(name, new([.. arguments])));

    private static Expression Same(TensorCall call, Expression x)
    {
        call.TakeAll();
        return x;
    }

    /// <summary>Another device, another type, another leaf: at inference all of it is one float32.</summary>
    private Expression Converted(TensorCall call, Expression x) => reading.IsTraining ? reading.Problem(call.Operation, Instead.Untrained) : Same(call, x);

    private Expression Wrapped(IInvocationOperation operation) =>
        operation.Arguments[0].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } }
            ? expressions.Read(value)
            : reading.Problem(operation, Instead.Lambda);

    /// <summary>One of our activations with the parameters of its kind, in their order.</summary>
    private Expression WithParameters(TensorCall call, Expression x, Kind kind) =>
        Operation(call.Name, [x, .. KindParameters.Of(kind).Select(parameter => _arguments.Scalar(call, parameter.Default, parameter.Name))]);

    private Expression Hardtanh(TensorCall call)
    {
        call.TakeAll();
        return reading.Problem(call.Operation, Instead.Hardtanh);
    }

    private Expression Clamp(TensorCall call, Expression x)
    {
        if (call.Take("min") is { } min && reading.Types.IsTensor(Constants.Unconverted(min).Type))
            return reading.Problem(call.Operation, Instead.Operation);
        return Operation("hardtanh", x, _arguments.Scalar(call, double.NegativeInfinity, "min"), _arguments.Scalar(call, double.PositiveInfinity, "max"));
    }

    private Expression Divide(TensorCall call, Expression x)
    {
        if (call.Take("rounding_mode") is { } rounding && Constants.EnumMember(rounding) != "None")
            return reading.Problem(rounding, Instead.Argument);
        return Operation("div", x, _arguments.Other(call));
    }

    private Expression? Power(TensorCall call, Expression x) => _arguments.Required(call, "exponent") switch
    {
        Expression.Constant { Value: 2 or 2L or 2f or 2d } => Operation("square", x),
        Expression.Constant { Value: .5f or .5d } => reading.IsTraining ? reading.Problem(call.Operation, Instead.Root) : Operation("sqrt", x),
        _ => null,
    };

    /// <summary>Tensors that get a new dimension each, and are then joined along it.</summary>
    private Expression? Stack(TensorCall call, Expression tensors)
    {
        Expression dim = _arguments.Required(call, "dim");
        return tensors is Expression.NewArray array
            ? Operation("cat", array with { Items = new([.. array.Items.Select(item => Operation("unsqueeze", item, dim))]) }, dim)
            : null;
    }

    private Expression Reduce(TensorCall call, Expression x)
    {
        if (!_arguments.TakesFloat32(call))
            return Expression.None;
        Expression? dims = _arguments.Dimensions(call);
        return dims is null ? Operation(call.Name, x) : Operation(call.Name, x, dims, _arguments.Required(call, "keepdim"));
    }

    private Expression? Slice(TensorCall call, Expression x)
    {
        if (_arguments.Required(call, "step") is not Expression.Constant { Value: 1 or 1L })
            return null;
        return Operation("slice", x, _arguments.Required(call, "dim"), _arguments.Required(call, "start"), _arguments.Required(call, "finish"));
    }

    private Expression Select(TensorCall call, Expression x)
    {
        Expression dim = _arguments.Required(call, "dim");
        return Operation("squeeze", Operation("narrow", x, dim, _arguments.Required(call, "index"), new Expression.Constant(1)), dim);
    }

    private Expression Dropout(TensorCall call, Expression x)
    {
        Expression training = _arguments.Required(call, "training", "train");
        Expression? probability = reading.IsTraining ? _arguments.Required(call, "p", "probability") : null;
        call.TakeAll();
        if (training is Expression.Constant { Value: false })
            return x;
        return reading.IsTraining && training is Expression.Constant { Value: true }
            ? Operation("dropout", x, new Expression.Constant(call.Name), probability!)
            : reading.Problem(call.Operation, Instead.Dropout);
    }

    /// <summary>To another device or to float32, which all is already; to integers where ids go to an Embedding.</summary>
    private Expression To(TensorCall call, Expression x)
    {
        string? type = call.Take("type", "dtype") is { } taken ? Constants.EnumMember(taken) ?? "" : null;
        call.TakeAll();
        if (reading.IsTraining)
            return reading.Problem(call.Operation, Instead.Untrained);
        return type is null or "Float32" || (type is "Int64" or "Int32" && _arguments.IsIndex(call.Input!)) ? x : reading.Problem(call.Operation, Instead.DType);
    }
}
