using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers;

/// <summary>Registers for each <c>[Activation]</c> that is written.</summary>
internal static class ActivationAttributes
{
    public static void Register(AnalysisContext context, Action<SyntaxNodeAnalysisContext, AttributeSyntax, TorchTypes> analyze)
    {
        context.RegisterCompilationStartAction(start =>
        {
            if (TorchTypes.Find(start.Compilation) is not { } types)
                return;
            start.RegisterSyntaxNodeAction(
                node =>
                {
                    var attribute = (AttributeSyntax)node.Node;
                    if (TorchTypes.Same(node.SemanticModel.GetTypeInfo(attribute, node.CancellationToken).Type, types.ActivationAttribute))
                        analyze(node, attribute, types);
                },
                SyntaxKind.Attribute);
        });
    }

    /// <summary>The value of the positional argument, where it is a constant.</summary>
    public static Kind? KindOf(AttributeSyntax attribute, SyntaxNodeAnalysisContext context) =>
        KindArgument(attribute) is { } argument && context.SemanticModel.GetConstantValue(argument.Expression, context.CancellationToken).Value is int kind
            ? (Kind)kind
            : null;

    public static AttributeArgumentSyntax? KindArgument(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null);

    /// <summary>The arguments that set a property.</summary>
    public static IEnumerable<AttributeArgumentSyntax> Parameters(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.Where(argument => argument.NameEquals is not null) ?? [];
}
