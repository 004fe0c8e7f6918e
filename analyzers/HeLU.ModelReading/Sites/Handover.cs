using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Sites;

/// <summary>
/// The two-step form: the statement directly before gives a variable the tensor that this one reads, as in <c>x = fc1.call(x); x = functional.relu(x);</c>.
/// </summary>
internal static class Handover
{
    /// <summary>What the statement before gave to the variable that <paramref name="read"/> reads; null where it gave it nothing.</summary>
    public static IOperation? Given(IOperation read, CancellationToken token) =>
        NameOf(read) is { } name && Before(StatementOf(read)) is { } before && ValueIn(before, name) is { } value
            ? read.SemanticModel!.GetOperation(value, token)
            : null;

    /// <summary>
    /// Whether the tensor is out of reach once it was read: the variable is a plain one of the function itself, that no lambda knows and no <c>using</c> disposes. Either
    /// it is read here only; or its statement reads it once, and then writes it or returns, and no <c>catch</c> or <c>finally</c> could look at it in between.
    /// </summary>
    public static bool IsLastRead(IOperation read, CancellationToken token)
    {
        if (NameOf(read) is not { } name || StatementOf(read) is not { } statement || FunctionOf(statement) is not { } function)
            return false;
        if (!IsPlain(read, token) || read.Syntax.Ancestors().TakeWhile(ancestor => ancestor != statement).Any(IsNestedFunction))
            return false;
        if (Mentions(function, name).Count() == 1)
            return statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax or ReturnStatementSyntax && VariableUses.Of(read) is ILocalSymbol;
        return ExpressionOf(statement, name) is { } expression && Mentions(expression, name).Count() == 1
            && !IsSeenByHandler(statement, function, VariableUses.Of(read)!, token)
            && !function.DescendantNodes().Where(IsNestedFunction).Any(nested => Mentions(nested, name).Any());
    }

    private static string? NameOf(IOperation read) =>
        read is ILocalReferenceOperation or IParameterReferenceOperation && read.Syntax is IdentifierNameSyntax name ? name.Identifier.ValueText : null;

    private static StatementSyntax? StatementOf(IOperation read) => read.Syntax.FirstAncestorOrSelf<StatementSyntax>();

    private static StatementSyntax? Before(StatementSyntax? statement)
    {
        SyntaxList<StatementSyntax> list = statement?.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        int index = statement is null ? -1 : list.IndexOf(statement);
        return index > 0 ? list[index - 1] : null;
    }

    /// <summary>The expression that a statement gives to the variable: of a declaration, of an assignment, or a compound assignment itself.</summary>
    private static ExpressionSyntax? ValueIn(StatementSyntax statement, string name) => statement switch
    {
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value } variable] } when variable.Identifier.ValueText == name => value,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment } when left.Identifier.ValueText == name =>
            assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? assignment.Right : assignment,
        _ => null,
    };

    /// <summary>What a statement computes that then writes the variable, or returns.</summary>
    private static ExpressionSyntax? ExpressionOf(StatementSyntax statement, string name) => statement switch
    {
        ReturnStatementSyntax { Expression: { } value } => value,
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left } assignment }
            when left.Identifier.ValueText == name => assignment.Right,
        _ => null,
    };

    private static bool IsPlain(IOperation read, CancellationToken token)
    {
        ISymbol variable = VariableUses.Of(read)!;
        return variable is ILocalSymbol { RefKind: RefKind.None, IsUsing: false } or IParameterSymbol { RefKind: RefKind.None }
            && SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, read.SemanticModel!.GetEnclosingSymbol(read.Syntax.SpanStart, token)?.OriginalDefinition);
    }

    /// <summary>Whether the statement stands in a <c>try</c> that the variable outlives.</summary>
    private static bool IsSeenByHandler(StatementSyntax statement, SyntaxNode function, ISymbol variable, CancellationToken token)
    {
        IEnumerable<TryStatementSyntax> tries = statement.Ancestors().TakeWhile(ancestor => ancestor != function).OfType<TryStatementSyntax>();
        return tries.Any(@try => !variable.DeclaringSyntaxReferences.Any(reference => @try.Block.Contains(reference.GetSyntax(token))));
    }

    private static SyntaxNode? FunctionOf(StatementSyntax statement) => statement.Ancestors()
        .FirstOrDefault(ancestor => ancestor is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);

    private static bool IsNestedFunction(SyntaxNode node) =>
        node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax;

    private static IEnumerable<SyntaxNode> Mentions(SyntaxNode node, string name) =>
        node.DescendantNodesAndSelf().Where(inner => inner is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name);
}
