using Helu.CodeFixes.Editing;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>Recognises the code that a rule points at.</summary>
internal static class ReluForms
{
    /// <summary>The form of an invocation; null for one that is none. A module is taken for a ReLU where its type allows it: the rule has seen what it is.</summary>
    public static ReluForm? Of(InvocationExpressionSyntax call, DocumentEdits edits)
    {
        if (edits.Model.GetSymbolInfo(call, edits.Token).Symbol is not IMethodSymbol method)
            return null;
        if (SwapForms.Relu(method, edits.Types) is { } relu)
            return relu == SwapForm.FunctionalRelu ? ReluForm.Function : ReluForm.TensorMethod;
        if (method.Name == "ReLU" && TorchTypes.Same(method.ContainingType, edits.Types.Nn))
            return ReluForm.Factory;
        return SwapForms.Run(method, edits.Types) is not null && Receiver(call) is { } receiver && MayBeRelu(edits.Model.GetTypeInfo(receiver, edits.Token).Type, edits.Types)
            ? ReluForm.Run
            : null;
    }

    /// <summary>What a method is called on, where that is written before a plain dot.</summary>
    public static ExpressionSyntax? Receiver(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    /// <summary>The tensor that goes into the ReLU; null where a call has it in no place that is known.</summary>
    public static ExpressionSyntax? Input(InvocationExpressionSyntax call, ReluForm form) => form switch
    {
        ReluForm.Function => call.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon is null or { Name.Identifier.ValueText: "x" })?.Expression,
        ReluForm.Run => call.ArgumentList.Arguments.FirstOrDefault()?.Expression,
        ReluForm.TensorMethod => Receiver(call) ?? ConditionalReceiver(call),
        _ => null,
    };

    /// <summary>The x of <c>x?.relu()</c>.</summary>
    public static ExpressionSyntax? ConditionalReceiver(InvocationExpressionSyntax call) =>
        call is { Expression: MemberBindingExpressionSyntax, Parent: ConditionalAccessExpressionSyntax access } && access.WhenNotNull == call ? access.Expression : null;

    private static bool MayBeRelu(ITypeSymbol? type, TorchTypes types) =>
        types.IsReLU(type) || (type is INamedTypeSymbol { IsAbstract: true } module && types.IsModule(module));
}
