using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads arguments of operations on tensors.</summary>
internal sealed class TensorArguments(ClassReading reading, ExpressionReader expressions)
{
    private static readonly string[] s_operands = ["target", "other", "right", "scalar", "divisor"];

    public static Expression Longs(params Expression[] items) => ExpressionReader.All(new Expression.NewArray(DataType.Long, new([.. items])));

    /// <summary>An argument that has a value, by default if not written.</summary>
    public Expression Required(TensorCall call, params string[] names) =>
        call.Take(names) is { } value ? expressions.Read(value) : reading.Problem(call.Operation, Instead.Operation);

    /// <summary>Null where the argument is null or there is no such parameter.</summary>
    public Expression? Optional(TensorCall call, params string[] names) =>
        call.Take(names) is { } value && expressions.Read(value) is var read && read is not Expression.Constant { Value: null } ? read : null;

    /// <summary>A number; <paramref name="otherwise"/> where it is null or there is no such parameter.</summary>
    public Expression Scalar(TensorCall call, double otherwise, params string[] names) => Optional(call, names) ?? new Expression.Constant(otherwise);

    /// <summary>The second operand.</summary>
    public Expression Other(TensorCall call) => Required(call, s_operands);

    /// <summary>The second operand times the argument alpha.</summary>
    public Expression Scaled(TensorCall call)
    {
        IOperation? operand = call.Take(s_operands);
        Expression other = operand is null ? reading.Problem(call.Operation, Instead.Operation) : expressions.Read(operand);
        Expression? alpha = Optional(call, "alpha");
        if (alpha is null or Expression.Constant { Value: 1 or 1L or 1f or 1d })
            return other;
        if (reading.IsTraining)
            return reading.Problem(call.Operation, Instead.Scaled);
        return ExpressionReader.All(reading.Types.IsTensor(Constants.Unconverted(operand!).Type)
            ? new Expression.Operation("mul", new([other, alpha]))
            : new Expression.Binary("*", other, alpha));
    }

    /// <summary>The dimensions to reduce; null where all are.</summary>
    public Expression? Dimensions(TensorCall call)
    {
        if (call.Take("dimensions", "dim", "dims", "dimension") is { } dims)
        {
            Expression read = expressions.Read(dims);
            return Constants.Unconverted(dims).Type is { SpecialType: SpecialType.System_Int64 or SpecialType.System_Int32 } ? Longs(read) : read;
        }
        var several = new List<Expression>();
        for (int i = 0; call.Take($"dim{i}") is { } dim; i++)
            several.Add(expressions.Read(dim));
        return several.Count > 0 ? Longs([.. several]) : null;
    }

    /// <summary>False, and reported, where the result is asked for in another type than float32.</summary>
    public bool TakesFloat32(TensorCall call)
    {
        if (call.Take("dtype", "type") is not { } type || Constants.Of(Constants.Unconverted(type)) is { Value: null } || (!reading.IsTraining && Constants.EnumMember(Constants.Unconverted(type)) == "Float32"))
            return true;
        reading.Problem(type, Instead.DType);
        return false;
    }

    /// <summary>One number for each of <paramref name="rank"/> dimensions; a constant null where the argument is null or missing.</summary>
    public Expression Sizes(TensorCall call, int rank, params string[] names)
    {
        if (call.Take(names) is not { } value)
            return Expression.Constant.Null;
        IOperation plain = Constants.Unconverted(value);
        if (plain is ITupleOperation tuple)
            return Longs([.. tuple.Elements.Select(expressions.Read)]);
        Expression read = expressions.Read(plain);
        return plain.Type is { SpecialType: SpecialType.System_Int64 or SpecialType.System_Int32 } ? Longs([.. Enumerable.Repeat(read, rank)]) : read;
    }

    /// <summary>Whether a tensor holds ids for an Embedding: only then a conversion to integers keeps it as it is.</summary>
    public bool IsIndex(IOperation tensor) =>
        IndexInputs.Source(tensor) is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter }
        && reading.IndexInputs.Reach(method, parameter, reading.Token);
}
