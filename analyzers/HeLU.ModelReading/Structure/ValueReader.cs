using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Structure;

/// <summary>Computes the expressions of a constructor that are made of constants.</summary>
/// <param name="reader">Reads the modules that are made.</param>
/// <param name="variables">What is known of parameters, locals and fields.</param>
internal sealed class ValueReader(StructureReader reader, Dictionary<ISymbol, Built> variables)
{
    public Built Read(IOperation operation)
    {
        if (Constants.Of(operation) is { } constant)
            return Built.Of(constant);
        Built? value = operation switch
        {
            IConversionOperation { OperatorMethod: null } conversion => Converted(Read(conversion.Operand), conversion.Type),
            IParenthesizedOperation parenthesized => Read(parenthesized.Operand),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional when Read(conditional.Condition).Value is Expression.Constant { Value: bool holds } => Read(holds ? conditional.WhenTrue : whenFalse),
            IBinaryOperation { OperatorMethod: null } binary => Binary(binary),
            IUnaryOperation { OperatorMethod: null } unary => Unary(unary),
            IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } test => IsNull(Read(test.Value), isNull: true),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } test => IsNull(Read(test.Value), isNull: false),
            ITupleOperation tuple => All(tuple.Elements, items => new Expression.NewTuple(items)),
            IArrayCreationOperation { Initializer: { } initializer, Type: IArrayTypeSymbol { ElementType: { } element } } when DataTypes.Of(element, reader.Types) is { IsPlain: true } type =>
                All(initializer.ElementValues, items => new Expression.NewArray(type, items)),
            ICollectionExpressionOperation { Type: IArrayTypeSymbol { ElementType: { } element } } list when DataTypes.Of(element, reader.Types) is { IsPlain: true } type =>
                All(list.Elements, items => new Expression.NewArray(type, items)),
            IInvocationOperation call => reader.Modules.Read(call, this),
            IObjectCreationOperation creation => reader.Modules.Read(creation, this),
            _ => VariableUses.Of(operation) is { } variable && variables.TryGetValue(variable, out Built? known) ? known : null,
        };
        return value ?? Built.Unknown(StructureReader.Place(operation.Syntax));
    }

    private Built All(IEnumerable<IOperation> operations, Func<EquatableArray<Expression>, Expression> make)
    {
        Built[] items = [.. operations.Select(Read)];
        return items.FirstOrDefault(item => item.Value is null) is { } unknown
            ? unknown.Fault is null ? Built.Unknown("a module in an array or tuple") : unknown
            : Built.Of(make(new([.. items.Select(item => item.Value!)])));
    }

    private static Built Converted(Built value, ITypeSymbol? type) => (value.Value, type?.SpecialType) switch
    {
        (Expression.Constant { Value: { } number and (int or long or float or double) }, SpecialType.System_Int32 or SpecialType.System_Int64) => Built.Of((object)(long)Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture)),
        (Expression.Constant { Value: { } number and (int or long or float or double) }, SpecialType.System_Single or SpecialType.System_Double) => Built.Of((object)Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture)),
        _ => value,
    };

    private Built? Binary(IBinaryOperation binary)
    {
        Built left = Read(binary.LeftOperand), right = Read(binary.RightOperand);
        if (binary.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals && (left.IsNull || right.IsNull))
            return IsNull(left.IsNull ? right : left, binary.OperatorKind == BinaryOperatorKind.Equals);
        if (left.Fault is not null || right.Fault is not null)
            return left.Fault is null ? right : left;
        return ((left.Value as Expression.Constant)?.Value, (right.Value as Expression.Constant)?.Value) switch
        {
            (bool a, bool b) => Constant(Arithmetic.Of(binary.OperatorKind, a, b)),
            (int or long, int or long) => Constant(Arithmetic.Of(binary.OperatorKind, Whole(left), Whole(right))),
            (int or long or float or double, int or long or float or double) => Constant(Arithmetic.Of(binary.OperatorKind, Real(left), Real(right))),
            (string a, string b) => Constant(Arithmetic.Of(binary.OperatorKind, a, b)),
            _ => null,
        };
    }

    private Built? Unary(IUnaryOperation unary) => (unary.OperatorKind, (Read(unary.Operand).Value as Expression.Constant)?.Value) switch
    {
        (UnaryOperatorKind.Not, bool value) => Built.Of((object)!value),
        (UnaryOperatorKind.Minus, int value) => Built.Of((object)(-(long)value)),
        (UnaryOperatorKind.Minus, long value) => Built.Of((object)(-value)),
        (UnaryOperatorKind.Minus, double value) => Built.Of((object)(-value)),
        _ => null,
    };

    private static Built IsNull(Built value, bool isNull) => value.Fault is not null ? value : Built.Of((object)(value.IsNull == isNull));

    private static Built? Constant(object? value) => value is null ? null : Built.Of(value);

    private static long Whole(Built value) => Convert.ToInt64(((Expression.Constant)value.Value!).Value, System.Globalization.CultureInfo.InvariantCulture);

    private static double Real(Built value) => Convert.ToDouble(((Expression.Constant)value.Value!).Value, System.Globalization.CultureInfo.InvariantCulture);
}
