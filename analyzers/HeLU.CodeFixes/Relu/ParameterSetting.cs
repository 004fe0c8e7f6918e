using Helu.CodeFixes.Editing;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>Code that gives a layer's weight or bias a constant value.</summary>
/// <param name="Whole">All of it: <c>init.constant_(fc.bias, -1)</c>, <c>fc.bias.zero_().sub_(1)</c>, <c>fc.bias = Parameter(...)</c>.</param>
/// <param name="Target">The parameter that is set: <c>fc.bias</c>.</param>
/// <param name="First">The method that is called on the parameter first; null for a call of <c>init</c> and an assignment.</param>
internal sealed record ParameterSetting(ExpressionSyntax Whole, ExpressionSyntax Target, InvocationExpressionSyntax? First)
{
    /// <summary>The class of TorchSharp that declares the parameter, which has made it in the right shape itself: Linear, Convolution, NormBase, ...</summary>
    public INamedTypeSymbol? Layer { get; private init; }

    /// <summary>What sets the parameter called <paramref name="name"/> at <paramref name="place"/>; null where that is not seen.</summary>
    public static ParameterSetting? Of(SyntaxNode place, string name, DocumentEdits edits)
    {
        if (((place as ExpressionStatementSyntax)?.Expression ?? place) is not ExpressionSyntax expression)
            return null;
        ParameterSetting? setting = Assignment(expression) is { } assignment
            ? new(assignment, assignment.Left, null)
            : Call(WithLaterCalls(expression), edits);
        return setting is not null && Member(setting.Target, edits) is { ContainingType: { } layer } member && member.Name == name && edits.Types.IsTorchSharp(layer)
            ? setting with { Layer = layer }
            : null;
    }

    /// <summary>The target as an argument: <c>fc.bias!</c> where the compiler would warn of null.</summary>
    public string Argument(DocumentEdits edits)
    {
        bool mayBeNull = Target is MemberAccessExpressionSyntax
            && edits.Model.GetSymbolInfo(Target, edits.Token).Symbol is IPropertySymbol { NullableAnnotation: NullableAnnotation.Annotated }
            && edits.Model.GetNullableContext(Target.SpanStart).WarningsEnabled();
        return Target.WithoutTrivia() + (mayBeNull ? "!" : "");
    }

    private static AssignmentExpressionSyntax? Assignment(ExpressionSyntax expression) =>
        expression.AncestorsAndSelf()
            .TakeWhile(node => node is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax)
            .OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(assignment => assignment is { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax }
                && !assignment.Left.Span.Contains(expression.Span));

    /// <summary>With the in-place calls on what <paramref name="expression"/> hands back.</summary>
    private static ExpressionSyntax WithLaterCalls(ExpressionSyntax expression)
    {
        while (expression.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == expression && IsInPlace(access))
            expression = next;
        return expression;
    }

    private static ParameterSetting? Call(ExpressionSyntax whole, DocumentEdits edits)
    {
        ExpressionSyntax expression = whole;
        while (expression is InvocationExpressionSyntax call && edits.Model.GetSymbolInfo(call, edits.Token).Symbol is IMethodSymbol method)
        {
            if (method.ContainingType is { Name: "init", ContainingType: { } outer } && TorchTypes.Same(outer, edits.Types.Nn))
                return Tensor(call.ArgumentList) is { } tensor ? new(whole, tensor.Expression, null) : null;
            if (call.Expression is not MemberAccessExpressionSyntax access || !IsInPlace(access))
                return null;
            if (access.Expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner } || !IsInPlace(inner))
                return new(whole, access.Expression, call);
            expression = access.Expression;
        }
        return null;
    }

    private static ArgumentSyntax? Tensor(ArgumentListSyntax arguments) =>
        arguments.Arguments.FirstOrDefault(argument => argument.NameColon is null or { Name.Identifier.ValueText: "tensor" });

    private static bool IsInPlace(MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText.EndsWith("_", StringComparison.Ordinal);

    /// <summary>The member that a target is, or that its variable was made from; null for any other target.</summary>
    private static ISymbol? Member(ExpressionSyntax target, DocumentEdits edits) => target switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Member(suppressed.Operand, edits),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "detach" } detached } => Member(detached.Expression, edits),
        MemberAccessExpressionSyntax access => edits.Model.GetSymbolInfo(access, edits.Token).Symbol,
        IdentifierNameSyntax identifier when edits.Model.GetSymbolInfo(identifier, edits.Token).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [{ } reference] }
            && reference.GetSyntax(edits.Token) is VariableDeclaratorSyntax { Initializer.Value: { } value } => Member(value, edits),
        _ => null,
    };
}
