using System.Collections.Immutable;
using Helu.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Helu.Analyzers.Tests.Fixes;

/// <summary>Offers and applies a fix to programs that mark where its rule would report.</summary>
/// <typeparam name="T">The fix under test.</typeparam>
/// <param name="id">The rule whose diagnostics are fixed.</param>
internal sealed class Fixing<T>(string id)
    where T : CodeFixProvider, new()
{
    /// <summary>What the rule says about each finding besides its place.</summary>
    public Dictionary<string, string?> Properties { get; init; } = [];

    public CSharpParseOptions Options { get; init; } = Programs.ParseOptions;

    /// <summary>What the project references besides .NET.</summary>
    public MetadataReference[] Packages { get; init; } = [Programs.TorchSharpPackage, Programs.AbstractionsPackage, Programs.RuntimePackage];

    /// <summary>Which of several actions of the fix is taken.</summary>
    public int Action { get; init; }

    /// <summary>The only diagnostic of the program is fixed, and what comes out compiles.</summary>
    public async Task Check(string before, string after)
    {
        MarkedProgram program = Program([[before]]);
        ImmutableArray<CodeAction> actions = await OfferedAsync(program, (await program.DiagnosticsAsync()).Single());
        Assert.True(actions.Length > Action, "The fix is not offered.");
        await CheckAsync(await AppliedAsync(actions[Action]), [[after]]);
    }

    public async Task CheckNotOffered(params string[] files)
    {
        MarkedProgram program = Program([files]);
        foreach (Diagnostic diagnostic in await program.DiagnosticsAsync())
            Assert.Empty(await OfferedAsync(program, diagnostic));
    }

    /// <summary>What the fix offers for the only diagnostic of a program.</summary>
    public async Task<string[]> Titles(string source)
    {
        MarkedProgram program = Program([[source]]);
        return [.. (await OfferedAsync(program, (await program.DiagnosticsAsync()).Single())).Select(action => action.Title)];
    }

    /// <summary>All diagnostics of the first file are fixed at once.</summary>
    public Task CheckDocument(string before, string after) => CheckAll(FixAllScope.Document, [[before]], [[after]]);

    /// <summary>All diagnostics of a scope that the first file is in are fixed at once.</summary>
    public async Task CheckAll(FixAllScope scope, string[][] before, string[][] after)
    {
        MarkedProgram program = Program(before);
        Diagnostic[] diagnostics = await program.DiagnosticsAsync();
        string? key = (await Task.WhenAll(diagnostics.Select(diagnostic => OfferedAsync(program, diagnostic)))).First(actions => actions.Length > Action)[Action].EquivalenceKey;
        var provider = new T();
        Document first = program.Solution.Projects.First().Documents.First();
        var context = new FixAllContext(first, provider, scope, key!, provider.FixableDiagnosticIds, new MarkedDiagnostics(diagnostics), CancellationToken.None);
        CodeAction? action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        await CheckAsync(await AppliedAsync(action!), after);
    }

    private MarkedProgram Program(string[][] projects) =>
        new(id, Properties, Options, [.. Basic.Reference.Assemblies.Net100.References.All, .. Packages], projects);

    private static async Task<ImmutableArray<CodeAction>> OfferedAsync(MarkedProgram program, Diagnostic diagnostic)
    {
        ImmutableArray<CodeAction>.Builder actions = ImmutableArray.CreateBuilder<CodeAction>();
        Document document = program.Solution.GetDocument(diagnostic.Location.SourceTree)!;
        await new T().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions.ToImmutable();
    }

    private static async Task<Solution> AppliedAsync(CodeAction action) =>
        Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(CancellationToken.None))).ChangedSolution;

    private static async Task CheckAsync(Solution changed, string[][] expected)
    {
        foreach ((Project project, string[] files) in changed.Projects.Zip(expected))
        {
            foreach ((Document document, string text) in project.Documents.Zip(files))
                Assert.Equal(text, (await document.GetTextAsync()).ToString());
            Compilation compilation = (await project.GetCompilationAsync())!;
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || IsOfNull(diagnostic)));
        }
    }

    private static bool IsOfNull(Diagnostic diagnostic) => diagnostic.Id is "CS8600" or "CS8602" or "CS8604";
}
