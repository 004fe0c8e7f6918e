using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Forward;

/// <summary>Reads patterns, and the expressions that match them.</summary>
internal sealed class PatternReader(ClassReading reading, ExpressionReader expressions)
{
    public Expression Match(IIsPatternOperation match)
    {
        Expression value = expressions.ReadNullable(match.Value);
        Pattern pattern = Read(match.Pattern);
        return value == Expression.None ? value : Constants.Folded(new Expression.Match(value, pattern));
    }

    /// <summary><c>x is Tensor</c> asks whether x is there.</summary>
    public Expression TypeTest(IIsTypeOperation test)
    {
        Expression value = expressions.ReadNullable(test.ValueOperand);
        if (!test.IsNegated && test.ValueOperand.Type is { } type && IsOfStaticType(type, test.TypeOperand))
            return ExpressionReader.All(new Expression.Match(value, new Pattern.NotNull(null)));
        return reading.Problem(test, reading.Types.IsModuleType(test.ValueOperand.Type) ? Instead.ModuleType : Instead.Value);
    }

    public Expression Switch(ISwitchExpressionOperation choice)
    {
        Expression value = expressions.ReadNullable(choice.Value);
        var arms = new List<SwitchArm>();
        foreach (ISwitchExpressionArmOperation arm in choice.Arms)
        {
            if (IsNever(arm.Pattern))
                continue;
            Expression? guard = arm.Guard is { } test ? expressions.Read(test) : null;
            if (guard is Expression.Constant { Value: bool holds })
            {
                if (!holds)
                    continue;
                guard = null;
            }
            arms.Add(new(Read(arm.Pattern), guard, expressions.Read(arm.Value)));
        }
        return ExpressionReader.All(new Expression.Switch(value, new([.. arms])));
    }

    public Pattern Read(IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return new Pattern.Any(null);
            case IConstantPatternOperation constant:
                return ReadConstant(constant.Value);
            case INegatedPatternOperation negated:
                return new Pattern.Not(Read(negated.Pattern));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return new Pattern.And(Read(both.LeftPattern), Read(both.RightPattern));
            case IBinaryPatternOperation either:
                return new Pattern.Or(Read(either.LeftPattern), Read(either.RightPattern));
            case IRelationalPatternOperation relation when Symbol(relation.OperatorKind) is { } symbol && Constants.Of(relation.Value) is { } bound:
                return new Pattern.Relation(symbol, bound);
            case IDeclarationPatternOperation { MatchesNull: true } any:
                return new Pattern.Any(any.DeclaredSymbol?.Name);
            case IDeclarationPatternOperation declaration when IsOfStaticType(declaration.InputType, declaration.MatchedType):
                return new Pattern.NotNull(declaration.DeclaredSymbol?.Name);
            case ITypePatternOperation type when IsOfStaticType(type.InputType, type.MatchedType):
                return new Pattern.NotNull(null);
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } recursive when IsOfStaticType(recursive.InputType, recursive.MatchedType):
                return new Pattern.NotNull(recursive.DeclaredSymbol?.Name);
            default:
                reading.Problem(pattern, reading.Types.IsModuleType(pattern.InputType) ? Instead.ModuleType : Instead.Value);
                return new Pattern.Any(null);
        }
    }

    public Pattern ReadConstant(IOperation value)
    {
        if (Constants.Of(value) is { } constant)
            return new Pattern.Constant(constant);
        expressions.Strange(value);
        return new Pattern.Any(null);
    }

    /// <summary><c>{ requires_grad: true }</c> never matches at inference.</summary>
    private static bool IsNever(IPatternOperation pattern) =>
        pattern is IRecursivePatternOperation recursive
        && recursive.PropertySubpatterns.Any(property =>
            property is { Member: IPropertyReferenceOperation { Property.Name: "requires_grad" or "training" }, Pattern: IConstantPatternOperation { Value.ConstantValue.Value: true } });

    private static bool IsOfStaticType(ITypeSymbol input, ITypeSymbol? matched)
    {
        for (ITypeSymbol? type = input; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, matched))
                return true;
        }
        return input.AllInterfaces.Any(type => SymbolEqualityComparer.Default.Equals(type, matched));
    }

    private static string? Symbol(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        _ => null,
    };
}
