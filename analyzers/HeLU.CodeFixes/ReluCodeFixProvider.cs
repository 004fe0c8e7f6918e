using System.Collections.Immutable;
using Helu.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Helu.CodeFixes;

/// <summary>
/// A fix of the rules about ReLUs prone to dying: one edit of one file, which may be another than the diagnostic's (a model's ReLU for a
/// finding about its optimiser). An action is offered only where the changed file compiles.
/// </summary>
public abstract class ReluCodeFixProvider : CodeFixProvider
{
    /// <summary>The equivalence keys of what this provider can do about one diagnostic, in the order in which it is offered.</summary>
    private protected virtual ImmutableArray<string> Actions => [GetType().Name];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new AllReluFixes(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (string action in Actions)
            {
                if (Target(solution, diagnostic) is not { } document
                    || await EditAsync(document, [diagnostic], action, context.CancellationToken).ConfigureAwait(false) is not { } edited)
                {
                    continue;
                }
                context.RegisterCodeFix(CodeAction.Create(edited.Title, _ => Task.FromResult(edited.Document.Project.Solution), action), diagnostic);
            }
        }
    }

    /// <summary>The code to change.</summary>
    private protected virtual Location Place(Diagnostic diagnostic) => diagnostic.Location;

    /// <summary>Plans the change of the code at <see cref="Place"/>: its title, or null where there is nothing to change, and then nothing is planned.</summary>
    private protected abstract string? Edit(DocumentEdits edits, SyntaxNode place, Diagnostic diagnostic, string action);

    /// <summary>The file to change; null where the place stands in none.</summary>
    internal Document? Target(Solution solution, Diagnostic diagnostic) => solution.GetDocument(Place(diagnostic).SourceTree);

    /// <summary>The file with the changes for all <paramref name="diagnostics"/> that have one; null where none has, or where they do not compile.</summary>
    internal async Task<(Document Document, string Title)?> EditAsync(Document document, IEnumerable<Diagnostic> diagnostics, string action, CancellationToken token)
    {
        if (await DocumentEdits.StartAsync(document, token).ConfigureAwait(false) is not { } edits)
            return null;
        string? title = null;
        foreach (Diagnostic diagnostic in diagnostics)
            title = Edit(edits, edits.Root.FindNode(Place(diagnostic).SourceSpan, getInnermostNodeForTie: true), diagnostic, action) ?? title;
        return title is not null && await edits.FinishAsync().ConfigureAwait(false) is { } changed ? (changed, title) : null;
    }
}
