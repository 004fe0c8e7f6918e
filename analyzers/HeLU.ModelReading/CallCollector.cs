using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>Takes each call that is to be redirected once, and the ones that can't be as left.</summary>
internal sealed class CallCollector(TorchTypes types, ReluReading reading, CancellationToken token)
{
    private readonly Dictionary<SyntaxNode, bool> _seen = [];

    /// <summary>False where no attribute speaks for the call: a ReLU that it is given stays one.</summary>
    public bool Add(SwapForm form, IInvocationOperation invocation)
    {
        if (invocation.Syntax is not InvocationExpressionSyntax syntax)
            return false;
        if (_seen.TryGetValue(syntax, out bool isSpokenFor))
            return isSpokenFor;
        Annotation? annotation = Annotation.Nearest(syntax, invocation.SemanticModel!, types, token);
        if (annotation is { Swaps: true } swapping)
            Collect(form, invocation, syntax, swapping);
        return _seen[syntax] = annotation is not null;
    }

    private void Collect(SwapForm form, IInvocationOperation invocation, InvocationExpressionSyntax syntax, Annotation annotation)
    {
        SemanticModel model = invocation.SemanticModel!;
        if (form == SwapForm.ReluFactory && annotation.Kind != Kind.PReLU)
            return;
        if (annotation.Kind == Kind.PReLU && form is (SwapForm.FunctionalRelu or SwapForm.TensorRelu or SwapForm.TensorReluInPlace))
            reading.Left.Add(new(LeftReason.NoParameter, syntax));
        else if (TypeOf(syntax, model) is { } type && Interceptable.Is(invocation, syntax, token))
            reading.Calls.Add(new(form, syntax, type, annotation, model));
        else
            reading.Left.Add(new(LeftReason.NotInterceptable, syntax));
    }

    private INamedTypeSymbol? TypeOf(SyntaxNode node, SemanticModel model) =>
        node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is TypeDeclarationSyntax or CompilationUnitSyntax) switch
        {
            TypeDeclarationSyntax type => model.GetDeclaredSymbol(type, token),
            CompilationUnitSyntax topLevel => model.GetDeclaredSymbol(topLevel, token)?.ContainingType,
            _ => null,
        };
}
