using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads operations over windows: pooling, resizing, padding.</summary>
internal sealed class PoolOperations(ClassReading reading, ExpressionReader expressions)
{
    private readonly TensorArguments _arguments = new(reading, expressions);

    /// <summary>Null where the operation is none of these.</summary>
    public Expression? Read(TensorCall call, Expression x) => call.Name switch
    {
        "max_pool1d" => MaxPool(call, x, 1),
        "max_pool2d" => MaxPool(call, x, 2),
        "avg_pool1d" => AveragePool(call, x, 1),
        "avg_pool2d" => AveragePool(call, x, 2),
        "adaptive_avg_pool1d" => Operation(call, x, _arguments.Sizes(call, 1, "output_size")),
        "adaptive_avg_pool2d" => Operation(call, x, _arguments.Sizes(call, 2, "output_size")),
        "interpolate" or "upsample" or "upsample_nearest" or "upsample_nearest1d" or "upsample_nearest2d" => Interpolate(call, x),
        "pad" => Pad(call, x),
        _ => null,
    };

    private static Expression Operation(TensorCall call, params Expression[] arguments) => ExpressionReader.All(new Expression.Operation(call.Name, new([.. arguments])));

    private Expression MaxPool(TensorCall call, Expression x, int rank) => Operation(
        call,
        x,
        _arguments.Sizes(call, rank, "kernel_size"),
        _arguments.Sizes(call, rank, "stride", "strides"),
        _arguments.Sizes(call, rank, "padding"),
        _arguments.Sizes(call, rank, "dilation"),
        _arguments.Required(call, "ceil_mode"));

    private Expression AveragePool(TensorCall call, Expression x, int rank) => Operation(
        call,
        x,
        _arguments.Sizes(call, rank, "kernel_size"),
        _arguments.Sizes(call, rank, "stride"),
        _arguments.Sizes(call, rank, "padding"),
        _arguments.Required(call, "ceil_mode"),
        _arguments.Required(call, "count_include_pad"));

    /// <summary>Nearest neighbours only.</summary>
    private Expression Interpolate(TensorCall call, Expression x)
    {
        if (call.Take("mode") is { } mode && Constants.EnumMember(mode) != "Nearest")
            return reading.Problem(mode, Instead.Argument);
        call.Take("align_corners");
        Expression size = _arguments.Sizes(call, 1, "size", "outputSize", "outputSizes");
        Expression scale = _arguments.Optional(call, "scale_factor", "scaleFactor", "scaleFactors") switch
        {
            null => Expression.Constant.Null,
            Expression.NewArray or Expression.Local or Expression.ValueField => expressions.Read(call.Take("scale_factor", "scaleFactor", "scaleFactors")!),
            { } one => new Expression.NewArray(DataType.Of(DataKind.Double), new([one])),
        };
        return ExpressionReader.All(new Expression.Operation("interpolate", new([x, size, scale])));
    }

    /// <summary>Zeros only.</summary>
    private Expression Pad(TensorCall call, Expression x)
    {
        if (call.Take("mode") is { } mode && Constants.EnumMember(mode) is not ("Constant" or "Zeros"))
            return reading.Problem(mode, Instead.Argument);
        if (call.Take("value") is { } value && Constants.Of(value) is not { Value: 0d })
            return reading.Problem(value, Instead.Argument);
        return Operation(call, x, _arguments.Sizes(call, 2, "pad"));
    }
}
