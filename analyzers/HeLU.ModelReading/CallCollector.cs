using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>Takes each call that is to be redirected once, and the ones that can't be as left.</summary>
internal sealed class CallCollector(TorchTypes types, ReluReading reading, CancellationToken token)
{
    private readonly HashSet<SyntaxNode> _seen = [];
    private readonly Dictionary<SyntaxTree, bool> _hasTwin = [];

    public void Add(SwapForm form, IInvocationOperation invocation)
    {
        if (invocation.Syntax is not InvocationExpressionSyntax syntax || !_seen.Add(syntax))
            return;
        SemanticModel model = invocation.SemanticModel!;
        if (Annotation.Nearest(syntax, model, types, token) is not { Swaps: true } annotation)
            return;
        if (TypeOf(syntax, model) is { } type && IsInterceptable(invocation, syntax, model))
            reading.Calls.Add(new(form, syntax, type, annotation, model));
        else
            reading.Left.Add(new(LeftReason.NotInterceptable, syntax));
    }

    private bool IsInterceptable(IInvocationOperation invocation, InvocationExpressionSyntax syntax, SemanticModel model) =>
        invocation.TargetMethod.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
        && invocation.Instance?.Syntax is not BaseExpressionSyntax
        && !HasTwin(syntax.SyntaxTree, model.Compilation)
        && model.GetInterceptableLocation(syntax, token) is not null;

    private INamedTypeSymbol? TypeOf(SyntaxNode node, SemanticModel model) =>
        node.FirstAncestorOrSelf<SyntaxNode>(ancestor => ancestor is TypeDeclarationSyntax or CompilationUnitSyntax) switch
        {
            TypeDeclarationSyntax type => model.GetDeclaredSymbol(type, token),
            CompilationUnitSyntax topLevel => model.GetDeclaredSymbol(topLevel, token)?.ContainingType,
            _ => null,
        };

    /// <summary>The compiler knows a file by a checksum of its text, and redirects no call in a file that has a twin.</summary>
    private bool HasTwin(SyntaxTree tree, Compilation compilation)
    {
        if (!_hasTwin.TryGetValue(tree, out bool has))
        {
            has = compilation.SyntaxTrees.Any(other => other != tree && other.Length == tree.Length && other.GetText(token).ContentEquals(tree.GetText(token)));
            _hasTwin.Add(tree, has);
        }
        return has;
    }
}
