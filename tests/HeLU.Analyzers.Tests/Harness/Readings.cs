extern alias compiler;

using compiler::Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>The calls that the generator redirects, asked of the reader that it shares with the rules.</summary>
internal static class Readings
{
    /// <summary>The calls of a compilation that the generator redirects.</summary>
    public static IReadOnlyCollection<InvocationExpressionSyntax> RedirectedCalls(CSharpCompilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        TorchTypes types = TorchTypes.Find(compilation)!;
        var reader = new ReluReader(types, tree => compilation.GetSemanticModel(tree));
        return
        [
            .. compilation.Assembly.GlobalNamespace.GetTypeMembers()
                .SelectMany(type => reader.Read(type, CancellationToken.None).Calls)
                .Select(call => call.Syntax),
        ];
    }

    /// <summary>Calls named call, forward or relu of a program that are not redirected, those of a Sequential aside: it runs its own children.</summary>
    public static IEnumerable<string> RunsThatAreNotRedirected(string source)
    {
        CSharpCompilation compilation = Programs.Compile(source);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SemanticModel model = compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(IsRun)
            .Except(RedirectedCalls(compilation))
            .Select(call => call.ToString());

        bool IsRun(InvocationExpressionSyntax call) =>
            model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "call" or "forward" or "relu" or "relu_" }
            && (call.Expression is not MemberAccessExpressionSyntax access || model.GetTypeInfo(access.Expression).Type?.Name != "Sequential");
    }
}
