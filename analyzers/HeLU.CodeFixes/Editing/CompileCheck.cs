using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.CodeFixes.Editing;

/// <summary>Tells whether a changed file still compiles, before the change is offered.</summary>
internal static class CompileCheck
{
    /// <summary>
    /// Whether no kind of error is more frequent with <paramref name="newTree"/> in the place of <paramref name="oldTree"/>,
    /// in that file and in those that hold other parts of its partial types. Generators do not run: their files are left out.
    /// </summary>
    public static bool AddsNoError(Project project, Compilation before, SyntaxTree oldTree, SyntaxTree newTree, CancellationToken token)
    {
        Compilation after = before.ReplaceSyntaxTree(oldTree, newTree);
        SyntaxTree[] parts = [.. OtherParts(project, before.GetSemanticModel(oldTree), token)];
        Dictionary<string, int> newErrors = Errors(after, [newTree, .. parts], token);
        if (newErrors.Count == 0)
            return true;
        Dictionary<string, int> oldErrors = Errors(before, [oldTree, .. parts], token);
        return newErrors.All(error => oldErrors.TryGetValue(error.Key, out int count) && error.Value <= count);
    }

    /// <summary>How often each error is reported; warnings count where the project makes them errors.</summary>
    private static Dictionary<string, int> Errors(Compilation compilation, SyntaxTree[] trees, CancellationToken token) =>
        trees
            .SelectMany(tree => compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: token))
            .Where(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, IsSuppressed: false })
            .GroupBy(diagnostic => diagnostic.Id)
            .ToDictionary(group => group.Key, group => group.Count());

    private static IEnumerable<SyntaxTree> OtherParts(Project project, SemanticModel model, CancellationToken token) =>
        model.SyntaxTree.GetRoot(token)
            .DescendantNodes()
            .OfType<TypeDeclarationSyntax>()
            .Where(type => type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .SelectMany(type => model.GetDeclaredSymbol(type, token)!.DeclaringSyntaxReferences)
            .Select(part => part.SyntaxTree)
            .Distinct()
            .Where(tree => tree != model.SyntaxTree && project.GetDocument(tree) is { } document and not SourceGeneratedDocument);
}
