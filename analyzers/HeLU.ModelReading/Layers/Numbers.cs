using System.Globalization;
using Helu.ModelReading.Structure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Constants and what operators make of them. Whole numbers are <see langword="long"/>, others <see langword="double"/>.</summary>
internal static class Numbers
{
    public static Value Plain(object? constant) => constant switch
    {
        null => Value.Null,
        sbyte or byte or short or ushort or int or uint or long => Value.Of(Convert.ToInt64(constant, CultureInfo.InvariantCulture)),
        float or double or decimal => Value.Of(Convert.ToDouble(constant, CultureInfo.InvariantCulture)),
        _ => Value.Of(constant),
    };

    /// <summary>A value after a conversion. Those that compute no number keep it as it is: TorchSharp's Scalar is the number it is made from.</summary>
    public static Value Converted(Value value, ITypeSymbol? type) => (value, type?.SpecialType) switch
    {
        (Value.Constant { Content: double number }, SpecialType.System_Int32 or SpecialType.System_Int64) when Math.Abs(number) < long.MaxValue => Value.Of((long)number),
        (Value.Constant { Content: long number }, SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal) => Value.Of((double)number),
        _ => value,
    };

    /// <summary>The number that a value is; null where it is not known to be one.</summary>
    public static double? Real(Value? value) => value is Value.Constant { Content: long or double } constant ? Convert.ToDouble(constant.Content, CultureInfo.InvariantCulture) : null;

    /// <summary>An operator on constants; not known where an operand is not.</summary>
    public static Value Compute(BinaryOperatorKind @operator, Value left, Value right)
    {
        if (@operator is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && PatternRunner.AreEqual(left, right) is { } same)
            return Value.Of(same == (@operator == BinaryOperatorKind.Equals));
        object? result = ((left as Value.Constant)?.Content, (right as Value.Constant)?.Content) switch
        {
            (bool one, bool other) => Arithmetic.Of(@operator, one, other),
            (long one, long other) => Arithmetic.Of(@operator, one, other),
            (long or double, long or double) => Arithmetic.Of(@operator, Real(left)!.Value, Real(right)!.Value),
            (string one, string other) => Arithmetic.Of(@operator, one, other),
            _ => null,
        };
        return result is null ? Value.None : Value.Of(result);
    }
}
