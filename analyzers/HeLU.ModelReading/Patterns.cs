using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>The variables that a value gets into when it is matched.</summary>
internal static class Patterns
{
    /// <summary>The variables of all patterns of an <c>is</c>, a switch statement or a switch expression.</summary>
    public static IEnumerable<ISymbol> VariablesOf(IOperation match) =>
        Of(match).SelectMany(pattern => pattern.DescendantsAndSelf()).Select(Variable).OfType<ISymbol>();

    private static IEnumerable<IOperation> Of(IOperation match) => match switch
    {
        IIsPatternOperation test => [test.Pattern],
        ISwitchExpressionOperation choice => choice.Arms.Select(arm => arm.Pattern),
        ISwitchOperation statement => statement.Cases.SelectMany(@case => @case.Clauses).OfType<IPatternCaseClauseOperation>().Select(clause => clause.Pattern),
        _ => [],
    };

    private static ISymbol? Variable(IOperation pattern) => pattern switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
        IListPatternOperation list => list.DeclaredSymbol,
        _ => null,
    };
}
