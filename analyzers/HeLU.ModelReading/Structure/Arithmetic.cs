using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Structure;

/// <summary>Operators on constants, as C# computes them; null where the operator is none of these.</summary>
internal static class Arithmetic
{
    public static object? Of(BinaryOperatorKind @operator, bool left, bool right) => @operator switch
    {
        BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And => left && right,
        BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or => left || right,
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        _ => null,
    };

    public static object? Of(BinaryOperatorKind @operator, long left, long right) => @operator switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Divide when right != 0 => left / right,
        BinaryOperatorKind.Remainder when right != 0 => left % right,
        BinaryOperatorKind.LeftShift => left << (int)right,
        BinaryOperatorKind.RightShift => left >> (int)right,
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    public static object? Of(BinaryOperatorKind @operator, double left, double right) => @operator switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Divide => left / right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    public static object? Of(BinaryOperatorKind @operator, string left, string right) => @operator switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        _ => null,
    };
}
