using Helu.CodeFixes.Editing;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Relu;

/// <summary>Recognises the code that a rule points at.</summary>
internal static class ReluForms
{
    /// <summary>The form of an invocation of ReLU, or of HeLU, which is ReLU forwards; null for one that is neither.</summary>
    public static ReluForm? Of(InvocationExpressionSyntax call, DocumentEdits edits)
    {
        if (edits.Model.GetSymbolInfo(call, edits.Token).Symbol is not IMethodSymbol method)
            return null;
        if (SwapForms.Relu(method, edits.Types) is { } relu)
            return relu == SwapForm.FunctionalRelu ? ReluForm.Function : ReluForm.TensorMethod;
        if (IsOurs(method))
            return Helu(call, method, edits);
        if (method.Name == "ReLU" && TorchTypes.Same(method.ContainingType, edits.Types.Nn))
            return ReluForm.Factory;
        return SwapForms.Run(method, edits.Types) is not null || method is { Name: "forward", Parameters.Length: 1 } ? ReluForm.Run : null;
    }

    /// <summary>Whether <paramref name="call"/> is or makes HeLU already.</summary>
    public static bool IsHelu(InvocationExpressionSyntax call, DocumentEdits edits) =>
        edits.Model.GetSymbolInfo(call, edits.Token).Symbol is IMethodSymbol method && IsOurs(method);

    /// <summary>
    /// Whether a run runs a ReLU and nothing else: by the type of the module, or because its variable is set to the ReLU that the diagnostic says is made.
    /// A rule points at the run of a block too, whose ReLU stands in another class.
    /// </summary>
    public static bool RunsOnly(InvocationExpressionSyntax run, Diagnostic diagnostic, DocumentEdits edits)
    {
        if (Receiver(run) is not { } receiver)
            return false;
        ITypeSymbol? type = edits.Model.GetTypeInfo(receiver, edits.Token).Type;
        if (edits.Types.IsReLU(type) || type is { Name: "HeLU", ContainingNamespace.Name: "Modules" })
            return true;
        return diagnostic.AdditionalLocations is [{ } made, ..]
            && made.SourceTree == edits.Root.SyntaxTree
            && edits.Root.FindNode(made.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax factory
            && edits.Model.GetSymbolInfo(receiver, edits.Token).Symbol is { } variable
            && SymbolEqualityComparer.Default.Equals(variable, SetTo(factory, edits));
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

    /// <summary>The variable that a value is put into where it is made.</summary>
    private static ISymbol? SetTo(ExpressionSyntax value, DocumentEdits edits) => value.Parent switch
    {
        EqualsValueClauseSyntax { Parent: { } declaration } => edits.Model.GetDeclaredSymbol(declaration, edits.Token),
        AssignmentExpressionSyntax assignment when assignment.Right == value => edits.Model.GetSymbolInfo(assignment.Left, edits.Token).Symbol,
        _ => null,
    };

    /// <summary>An extension member is a member of a type without name inside its class.</summary>
    private static bool IsOurs(IMethodSymbol method) =>
        method.Name is "HeLU" or "helu" or "helu_"
        && (method.ContainingType.ContainingType ?? method.ContainingType) is { Name: "TorchExtensions", ContainingNamespace.Name: "Helu" };

    private static ReluForm Helu(InvocationExpressionSyntax call, IMethodSymbol method, DocumentEdits edits)
    {
        if (method.Name == "HeLU")
            return ReluForm.Factory;
        bool isOnTensor = call.Expression is MemberBindingExpressionSyntax
            || (Receiver(call) is { } receiver && edits.Model.GetSymbolInfo(receiver, edits.Token).Symbol is not ITypeSymbol);
        return isOnTensor ? ReluForm.TensorMethod : ReluForm.Function;
    }
}
