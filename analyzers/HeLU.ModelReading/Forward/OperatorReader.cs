using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads operators, assignments and conversions.</summary>
internal sealed class OperatorReader(ClassReading reading, ExpressionReader expressions)
{
    public Expression Conversion(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { } @operator && !IsTransparent(@operator))
            return expressions.Strange(conversion);
        Expression operand = expressions.Read(conversion.Operand);
        return conversion is { IsImplicit: false, OperatorMethod: null, Operand.Type.SpecialType: not SpecialType.None }
            && operand != Expression.None
            && DataTypes.Of(conversion.Type, reading.Types) is { Kind: DataKind.Int or DataKind.Long or DataKind.Float or DataKind.Double } type
            ? new Expression.Cast(type, operand)
            : operand;
    }

    public Expression Binary(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is { } method)
            return OnTensors(method, binary.LeftOperand, binary.RightOperand) ?? NotAnOperator(binary);
        if (NullTest(binary) is { } test)
            return test;
        if (Symbol(binary.OperatorKind) is not { } symbol)
            return expressions.Strange(binary);
        Expression left = expressions.Read(binary.LeftOperand);
        if (left is Expression.Constant { Value: bool known } && symbol == (known ? "||" : "&&"))
            return left;
        Expression right = expressions.Read(binary.RightOperand);
        if (reading.Types.IsModuleType(binary.LeftOperand.Type) || reading.Types.IsTensor(binary.LeftOperand.Type))
            return expressions.Strange(binary);
        return ExpressionReader.All(Constants.Folded(new Expression.Binary(symbol, left, right)));
    }

    public Expression Unary(IUnaryOperation unary)
    {
        Expression operand = expressions.Read(unary.Operand);
        if (operand == Expression.None)
            return operand;
        if (unary.OperatorMethod is { } method)
            return reading.Types.IsTensor(method.ContainingType) && method.Name == "op_UnaryNegation" ? Tensor("neg", operand) : NotAnOperator(unary);
        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Not => Constants.Folded(new Expression.Unary("!", operand)),
            UnaryOperatorKind.Minus => new Expression.Unary("-", operand),
            UnaryOperatorKind.Plus => operand,
            UnaryOperatorKind.BitwiseNegation => new Expression.Unary("~", operand),
            _ => expressions.Strange(unary),
        };
    }

    public Expression Assign(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IDiscardOperation)
            return expressions.Read(assignment.Value);
        return ExpressionReader.All(new Expression.Assign(Target(assignment.Target), expressions.Read(assignment.Value)));
    }

    /// <summary><c>x += y</c> makes a new tensor and gives its name to x, as <c>x = x + y</c> does.</summary>
    public Expression CompoundAssign(ICompoundAssignmentOperation assignment)
    {
        Expression target = Target(assignment.Target);
        Expression? value;
        if (assignment.OperatorMethod is { } method)
        {
            value = OnTensors(method, assignment.Target, assignment.Value) ?? NotAnOperator(assignment);
        }
        else
        {
            value = Symbol(assignment.OperatorKind) is { } symbol
                ? new Expression.Binary(symbol, target, expressions.Read(assignment.Value))
                : expressions.Strange(assignment);
        }
        return ExpressionReader.All(new Expression.Assign(target, ExpressionReader.All(value)));
    }

    public Expression CoalesceAssign(ICoalesceAssignmentOperation assignment)
    {
        Expression target = Target(assignment.Target);
        return ExpressionReader.All(new Expression.Assign(target, ExpressionReader.All(new Expression.Coalesce(target, expressions.Read(assignment.Value)))));
    }

    public Expression Deconstruct(IDeconstructionAssignmentOperation assignment)
    {
        IOperation target = assignment.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : assignment.Target;
        if (target is not ITupleOperation tuple)
            return expressions.Strange(assignment);
        return ExpressionReader.All(new Expression.Unpack(new([.. tuple.Elements.Select(Target)]), expressions.Read(assignment.Value)));
    }

    public Expression Increment(IIncrementOrDecrementOperation increment) => increment.OperatorMethod is not null
        ? NotAnOperator(increment)
        : ExpressionReader.All(new Expression.Increment(Target(increment.Target), increment.Kind == OperationKind.Increment ? "++" : "--", increment.IsPostfix));

    private Expression Target(IOperation target) => target switch
    {
        IDiscardOperation => new Expression.Discard(),
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: { } local } } => Declared(local, target),
        ILocalReferenceOperation { IsDeclaration: true, Local: { } local } => Declared(local, target),
        IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } when target.Type?.TypeKind != TypeKind.Error => reading.Problem(target, Instead.Field),
        _ => expressions.Read(target),
    };

    private Expression Declared(ILocalSymbol local, IOperation target) =>
        DataTypes.Of(local.Type, reading.Types) is not null ? new Expression.Declared(local.Name) : expressions.Strange(target);

    private Expression? NullTest(IBinaryOperation binary)
    {
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
            return null;
        bool isLeftNull = IsNull(binary.LeftOperand);
        if (!isLeftNull && !IsNull(binary.RightOperand))
            return null;
        Expression value = expressions.ReadNullable(isLeftNull ? binary.RightOperand : binary.LeftOperand);
        Pattern pattern = binary.OperatorKind == BinaryOperatorKind.Equals ? Pattern.Constant.Null : new Pattern.Not(Pattern.Constant.Null);
        return ExpressionReader.All(new Expression.Match(value, pattern));
    }

    private Expression? OnTensors(IMethodSymbol method, IOperation left, IOperation right)
    {
        string? name = method.Name switch
        {
            "op_Addition" => "add",
            "op_Subtraction" => "sub",
            "op_Multiply" => "mul",
            "op_Division" => "div",
            _ => null,
        };
        if (name is null || !reading.Types.IsTensor(method.ContainingType))
            return null;
        return Tensor(name, expressions.Read(left), expressions.Read(right));
    }

    private Expression NotAnOperator(IOperation operation) =>
        operation.Type?.TypeKind == TypeKind.Error ? reading.Broken() : reading.Problem(operation, Instead.Operation);

    private bool IsTransparent(IMethodSymbol @operator) => reading.Types.IsTorchSharp(@operator.ContainingType) || TorchTypes.IsSystem(@operator.ContainingType, "ReadOnlySpan", "Span");

    private static Expression Tensor(string name, params Expression[] operands) => ExpressionReader.All(new Expression.Operation(name, new([.. operands])));

    private static bool IsNull(IOperation operation) => Constants.Unconverted(operation) is { ConstantValue: { HasValue: true, Value: null } };

    private static string? Symbol(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide or BinaryOperatorKind.IntegerDivide => "/",
        BinaryOperatorKind.Remainder => "%",
        BinaryOperatorKind.LeftShift => "<<",
        BinaryOperatorKind.RightShift => ">>",
        BinaryOperatorKind.And => "&",
        BinaryOperatorKind.Or => "|",
        BinaryOperatorKind.ExclusiveOr => "^",
        BinaryOperatorKind.ConditionalAnd => "&&",
        BinaryOperatorKind.ConditionalOr => "||",
        BinaryOperatorKind.Equals => "==",
        BinaryOperatorKind.NotEquals => "!=",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => null,
    };
}
