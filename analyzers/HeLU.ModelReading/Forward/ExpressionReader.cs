using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads expressions.</summary>
internal sealed class ExpressionReader
{
    private readonly ClassReading _reading;
    private readonly MemberReader _members;
    private readonly CallReader _calls;
    private readonly OperatorReader _operators;
    private readonly CollectionReader _collections;

    public ExpressionReader(ClassReading reading)
    {
        _reading = reading;
        _members = new(reading, this);
        _calls = new(reading, this);
        _operators = new(reading, this);
        _collections = new(reading, this);
        Patterns = new(reading, this);
    }

    public PatternReader Patterns { get; }

    public Expression Read(IOperation operation)
    {
        if (Constants.Of(operation) is { } constant)
            return constant;
        return operation switch
        {
            IParenthesizedOperation parenthesized => Read(parenthesized.Operand),
            IConversionOperation conversion => _operators.Conversion(conversion),
            ILocalReferenceOperation { Local: { } local } => DataTypes.Of(local.Type, _reading.Types) is not null ? new Expression.Local(local.Name) : Strange(operation),
            IParameterReferenceOperation { Parameter: { } parameter } => _members.Parameter(parameter, operation),
            IFieldReferenceOperation field => _members.Field(field),
            IPropertyReferenceOperation property => _members.Property(property),
            IInvocationOperation invocation => _calls.Read(invocation),
            IBinaryOperation binary => _operators.Binary(binary),
            IUnaryOperation unary => _operators.Unary(unary),
            ISimpleAssignmentOperation assignment => _operators.Assign(assignment),
            ICompoundAssignmentOperation assignment => _operators.CompoundAssign(assignment),
            ICoalesceAssignmentOperation assignment => _operators.CoalesceAssign(assignment),
            IDeconstructionAssignmentOperation assignment => _operators.Deconstruct(assignment),
            IIncrementOrDecrementOperation increment => _operators.Increment(increment),
            IConditionalOperation { WhenFalse: { } whenFalse } conditional => Conditional(conditional, whenFalse),
            ICoalesceOperation coalesce => All(new Expression.Coalesce(ReadNullable(coalesce.Value), Read(coalesce.WhenNull))),
            IConditionalAccessOperation access => ConditionalAccess(access),
            IConditionalAccessInstanceOperation => new Expression.Receiver(),
            IIsPatternOperation match => Patterns.Match(match),
            IIsTypeOperation test => Patterns.TypeTest(test),
            ISwitchExpressionOperation choice => Patterns.Switch(choice),
            IArrayElementReferenceOperation { Indices: [{ } index] } element => _collections.Element(Read(element.ArrayReference), index),
            IImplicitIndexerReferenceOperation indexer => _collections.Element(ReadPresent(indexer.Instance), indexer.Argument),
            IArrayCreationOperation array => _collections.Array(array),
            ICollectionExpressionOperation collection => _collections.Collection(collection),
            IObjectCreationOperation creation => _collections.New(creation),
            ITupleOperation tuple => All(new Expression.NewTuple(ReadAll(tuple.Elements))),
            IDiscardOperation => new Expression.Discard(),
            IThrowOperation { Exception: { } exception } => new Expression.Throw(SourceCode.OnOneLine(exception.Syntax)),
            IDelegateCreationOperation or IAnonymousFunctionOperation => _reading.Problem(operation, Instead.Lambda),
            IInvalidOperation => _reading.Broken(),
            _ => Strange(operation),
        };
    }

    public EquatableArray<Expression> ReadAll(IEnumerable<IOperation> operations) => new([.. operations.Select(Read)]);

    /// <summary>Reads a module whose absence is an error: it is run or looked into.</summary>
    public Expression ReadPresent(IOperation operation) => Read(operation) switch
    {
        Expression.ModuleField field => field with { MayBeNull = false },
        { } other => other,
    };

    /// <summary>Reads a value that is tested for null.</summary>
    public Expression ReadNullable(IOperation operation) => Read(operation) switch
    {
        Expression.ModuleField field => field with { MayBeNull = true },
        { } other => other,
    };

    /// <summary>The expression; <see cref="Expression.None"/> where a part of it could not be read, which is reported already.</summary>
    public static Expression All(Expression expression) => Parts.Of(expression).Contains(Expression.None) ? Expression.None : expression;

    /// <summary>Reports a value that no forward over recorded values has.</summary>
    public Expression Strange(IOperation operation) =>
        operation.Type?.TypeKind == TypeKind.Error || operation.ChildOperations.Any(child => child is IInvalidOperation)
            ? _reading.Broken()
            : _reading.Problem(operation, Instead.Value);

    private Expression Conditional(IConditionalOperation conditional, IOperation whenFalse)
    {
        Expression condition = Read(conditional.Condition);
        if (condition is Expression.Constant { Value: bool holds })
            return Read(holds ? conditional.WhenTrue : whenFalse);
        return All(new Expression.Conditional(condition, Read(conditional.WhenTrue), Read(whenFalse)));
    }

    private Expression ConditionalAccess(IConditionalAccessOperation access)
    {
        Expression receiver = ReadNullable(access.Operation);
        Expression value = Read(access.WhenNotNull);
        return access.WhenNotNull.Type is { IsValueType: true, SpecialType: not SpecialType.System_Void } ? Strange(access) : All(new Expression.ConditionalAccess(receiver, value));
    }
}
