using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.CodeFixes;

/// <summary>Makes one fix for all diagnostics of a document, a project or a solution, file by file.</summary>
/// <param name="provider">What makes the changes of one file.</param>
internal sealed class AllReluFixes(ReluCodeFixProvider provider) : FixAllProvider
{
    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        ImmutableArray<Diagnostic> diagnostics = await DiagnosticsAsync(context).ConfigureAwait(false);
        return context.CodeActionEquivalenceKey is { } action && !diagnostics.IsEmpty
            ? CodeAction.Create("Fix all", token => FixAsync(context.Solution, diagnostics, action, token), action)
            : null;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(FixAllContext context)
    {
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            case FixAllScope.Project:
                return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            case FixAllScope.Solution:
                IEnumerable<Project> projects = context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp);
                return [.. (await Task.WhenAll(projects.Select(context.GetAllDiagnosticsAsync)).ConfigureAwait(false)).SelectMany(found => found)];
            default:
                return [];
        }
    }

    /// <summary>One file after the other, each against the solution as changed so far: the parts of a partial class get one attribute.</summary>
    private async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, string action, CancellationToken token)
    {
        IEnumerable<IGrouping<DocumentId, Diagnostic>> files = diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (Document: provider.Target(solution, diagnostic), Diagnostic: diagnostic))
            .Where(target => target.Document is not null)
            .GroupBy(target => target.Document!.Id, target => target.Diagnostic);
        Solution changed = solution;
        foreach (IGrouping<DocumentId, Diagnostic> file in files)
            changed = (await FixAsync(changed.GetDocument(file.Key)!, [.. file], action, token).ConfigureAwait(false)).Project.Solution;
        return changed;
    }

    /// <summary>All at once; where that does not compile, as many as do together.</summary>
    private async Task<Document> FixAsync(Document document, List<Diagnostic> diagnostics, string action, CancellationToken token)
    {
        if (await provider.EditAsync(document, diagnostics, action, token).ConfigureAwait(false) is { } all)
            return all.Document;
        Document best = document;
        var good = new List<Diagnostic>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await provider.EditAsync(document, [.. good, diagnostic], action, token).ConfigureAwait(false) is not { } edited)
                continue;
            best = edited.Document;
            good.Add(diagnostic);
        }
        return best;
    }
}
