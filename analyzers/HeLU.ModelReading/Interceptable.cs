using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading;

/// <summary>Tells which calls the compiler can redirect.</summary>
internal static class Interceptable
{
    /// <summary>Not delegates and local functions, not <c>base.forward(x)</c>, and nothing in a file that has a twin.</summary>
    public static bool Is(IInvocationOperation invocation, InvocationExpressionSyntax syntax, CancellationToken token)
    {
        SemanticModel model = invocation.SemanticModel!;
        return invocation.TargetMethod.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
            && !IsOnBase(syntax)
            && !TwinFiles.Has(model.Compilation, syntax.SyntaxTree, token)
            && model.GetInterceptableLocation(syntax, token) is not null;
    }

    private static bool IsOnBase(InvocationExpressionSyntax syntax) =>
        syntax.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax };
}
