using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Matches values with patterns; null where it is not known whether they match.</summary>
/// <param name="run">The trace.</param>
internal sealed class PatternRunner(TraceRun run)
{
    public bool? Matches(Value value, IPatternOperation pattern, Frame frame) => pattern switch
    {
        IDiscardPatternOperation => true,
        IConstantPatternOperation constant => AreEqual(value, run.Expressions.Read(constant.Value, frame)),
        IDeclarationPatternOperation declaration => Declared(value, declaration, frame),
        ITypePatternOperation type => IsOf(value, type.MatchedType),
        INegatedPatternOperation negated => !Matches(value, negated.Pattern, frame),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => Truths.Or(Matches(value, either.LeftPattern, frame), Matches(value, either.RightPattern, frame)),
        IBinaryPatternOperation both => Truths.And(Matches(value, both.LeftPattern, frame), Matches(value, both.RightPattern, frame)),
        IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } recursive => Recursive(value, recursive, frame),
        IRelationalPatternOperation relational => Compare(relational.OperatorKind, value, run.Expressions.Read(relational.Value, frame)),
        _ => null,
    };

    /// <summary>Whether two values are the same; null where one is not known.</summary>
    public static bool? AreEqual(Value left, Value right) => (left, right) switch
    {
        (Value.Constant one, Value.Constant other) => Equals(one.Content, other.Content),
        (Value.Constant { Content: null }, Value.Unknown) or (Value.Unknown, Value.Constant { Content: null }) => null,
        (Value.Constant { Content: null }, _) or (_, Value.Constant { Content: null }) => false,
        (Value.Reference one, Value.Reference other) => ReferenceEquals(one.Target, other.Target),
        _ => null,
    };

    /// <summary>Whether a value is of a type. What a user's code makes is known exactly; a constant is taken at its word.</summary>
    public bool? IsOf(Value value, ITypeSymbol type) => value switch
    {
        Value.Constant { Content: null } => false,
        Value.Reference { Target.Type: { } actual } => Inherits(actual, type),
        Value.Tensor => run.IsTensor(type) ? true : null,
        Value.Parameter => run.IsTensor(type) ? true : null,
        _ => null,
    };

    private bool? Declared(Value value, IDeclarationPatternOperation declaration, Frame frame)
    {
        bool? matches = declaration.MatchedType is null ? true : IsOf(value, declaration.MatchedType);
        if (declaration.DeclaredSymbol is { } variable)
            run.Journal.Set(frame.Variables, variable, matches is false ? Value.None : value);
        return matches;
    }

    private bool? Recursive(Value value, IRecursivePatternOperation pattern, Frame frame)
    {
        bool? matches = AreEqual(value, Value.Null) switch { true => false, false => IsOf(value, pattern.MatchedType), null => null };
        if (pattern.DeclaredSymbol is { } variable)
            run.Journal.Set(frame.Variables, variable, value);
        foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
        {
            Value member = property.Member is IMemberReferenceOperation reference ? run.Expressions.Member(value, reference, frame) : Value.None;
            matches = Truths.And(matches, Matches(member, property.Pattern, frame));
        }
        return matches;
    }

    private static bool? Compare(BinaryOperatorKind @operator, Value left, Value right) =>
        Numbers.Compute(@operator, left, right) is Value.Constant { Content: bool holds } ? holds : null;

    private static bool Inherits(ITypeSymbol actual, ITypeSymbol wanted)
    {
        for (ITypeSymbol? type = actual; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, wanted) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, wanted))
                return true;
        }
        return wanted.SpecialType == SpecialType.System_Object || actual.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, wanted.OriginalDefinition));
    }
}
