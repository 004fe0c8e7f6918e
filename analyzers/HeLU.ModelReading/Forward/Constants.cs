using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Values that are known when compiling.</summary>
internal static class Constants
{
    /// <summary>The constant that an operation is; null where it is none, or one of a type that no forward over recorded values has.</summary>
    public static Expression.Constant? Of(IOperation operation)
    {
        if (operation is IDefaultValueOperation { Type: { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } })
            return Expression.Constant.Null;
        if (!operation.ConstantValue.HasValue || operation.Type?.TypeKind == TypeKind.Enum)
            return null;
        return operation.ConstantValue.Value switch
        {
            null => Expression.Constant.Null,
            bool or int or long or float or double or string => new(operation.ConstantValue.Value),
            byte or sbyte or short or ushort => new(Convert.ToInt32(operation.ConstantValue.Value, CultureInfo.InvariantCulture)),
            uint value => new((long)value),
            _ => null,
        };
    }

    /// <summary>The name of the enum member that an operation is; <c>torch.float32</c> and its like are fields that hold one.</summary>
    public static string? EnumMember(IOperation operation) => operation switch
    {
        { Type: { TypeKind: TypeKind.Enum } type, ConstantValue: { HasValue: true, Value: { } value } } =>
            type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => value.Equals(field.ConstantValue))?.Name,
        IFieldReferenceOperation { Field: { IsStatic: true, ContainingType.Name: "torch", Name: { } name } } => name switch
        {
            "float32" or "float" => "Float32",
            "int64" or "long" => "Int64",
            "int32" or "int" => "Int32",
            _ => null,
        },
        _ => null,
    };

    /// <summary>Strips conversions that compute nothing that a constant depends on.</summary>
    public static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } or IParenthesizedOperation)
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        return operation;
    }

    /// <summary>A truth value that follows from constant operands; the expression itself where none does.</summary>
    public static Expression Folded(Expression expression) => expression switch
    {
        Expression.Unary { Operator: "!", Operand: Expression.Constant { Value: bool value } } => new Expression.Constant(!value),
        Expression.Binary { Operator: "&&", Left: Expression.Constant { Value: bool left }, Right: { } right } => left ? right : Expression.Constant.False,
        Expression.Binary { Operator: "||", Left: Expression.Constant { Value: bool left }, Right: { } right } => left ? new Expression.Constant(true) : right,
        Expression.Binary { Operator: "&&", Left: { } left, Right: Expression.Constant { Value: true } } => left,
        Expression.Binary { Operator: "||", Left: { } left, Right: Expression.Constant { Value: false } } => left,
        Expression.Binary { Operator: "&&", Left: { } left, Right: Expression.Constant { Value: false } } when IsPure(left) => Expression.Constant.False,
        Expression.Binary { Operator: "||", Left: { } left, Right: Expression.Constant { Value: true } } when IsPure(left) => new Expression.Constant(true),
        Expression.Binary { Operator: "==", Left: Expression.Constant { Value: bool left }, Right: Expression.Constant { Value: bool right } } => new Expression.Constant(left == right),
        Expression.Binary { Operator: "!=", Left: Expression.Constant { Value: bool left }, Right: Expression.Constant { Value: bool right } } => new Expression.Constant(left != right),
        Expression.Match { Value: Expression.Constant { Value: bool value }, Pattern: Pattern.Constant { Value.Value: bool wanted } } => new Expression.Constant(value == wanted),
        Expression.Match { Value: Expression.Constant { Value: bool value }, Pattern: Pattern.Not { Negated: Pattern.Constant { Value.Value: bool unwanted } } } => new Expression.Constant(value != unwanted),
        _ => expression,
    };

    private static bool IsPure(Expression expression) =>
        expression is Expression.Local or Expression.ValueField or Expression.ModuleField or Expression.Constant or Expression.Match or Expression.Unary or Expression.Binary or Expression.Member or Expression.Index
        && Parts.Of(expression).All(IsPure);
}
