extern alias generator;

using System.Collections.Immutable;
using generator::Helu.Generators;
using Helu.Analyzers.Tests.Harness;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Analyzers.Tests.Fuzz;

/// <summary>Does to a program what an editor does: runs the generator, then the rules on the result, then each fix that is offered.</summary>
internal static class EditorSession
{
    private static readonly CodeFixProvider[] s_fixes =
    [
        .. typeof(MakePartialCodeFixProvider).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>What went wrong in the generator or a rule, and how many fixes were applied. A fix that throws throws here.</summary>
    public static async Task<(IReadOnlyList<string> Faults, int Fixes)> Run(IReadOnlyList<string> sources, CancellationToken token)
    {
        CSharpCompilation compilation = Programs.CompileForInference([.. sources]);
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([new ActivationGenerator().AsSourceGenerator()], parseOptions: Programs.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> failures, token);
        var faults = new List<string>(failures.Select(failure => failure.ToString()));
        faults.AddRange(driver.GetRunResult().Results.Where(result => result.Exception is not null).Select(result => result.Exception!.ToString()));

        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, analyzer, _) => Add($"{analyzer.GetType().Name}: {exception}"), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics = await generated.WithAnalyzers(RuleTest.AllRules, options).GetAnalyzerDiagnosticsAsync(token);
        Document document = Open(sources, out SyntaxTree last);
        int fixes = 0;
        string path = compilation.SyntaxTrees[^1].FilePath;
        foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == path))
            fixes += await ApplyFixes(document, In(diagnostic, last), token);
        return (faults, fixes);

        void Add(string fault)
        {
            lock (faults)
                faults.Add(fault);
        }
    }

    private static async Task<int> ApplyFixes(Document document, Diagnostic diagnostic, CancellationToken token)
    {
        int applied = 0;
        foreach (CodeFixProvider provider in s_fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            var actions = new List<CodeAction>();
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), token));
            foreach (CodeAction action in actions)
                applied += (await action.GetOperationsAsync(token)).Length;
        }
        return applied;
    }

    private static Document Open(IReadOnlyList<string> sources, out SyntaxTree last)
    {
        CSharpCompilation references = Programs.CompileForInference();
        var workspace = new AdhocWorkspace();
        Project project = workspace.CurrentSolution
            .AddProject("Program", "Program", LanguageNames.CSharp)
            .WithParseOptions(Programs.ParseOptions)
            .WithCompilationOptions(references.Options)
            .WithMetadataReferences(references.References);
        Document? document = null;
        for (int i = 0; i < sources.Count; i++)
        {
            document = project.AddDocument($"File{i}.cs", SourceText.From(sources[i]), filePath: $"File{i}.cs");
            project = document.Project;
        }
        last = document!.GetSyntaxTreeAsync().GetAwaiter().GetResult()!;
        return document;
    }

    /// <summary>The diagnostic as reported in the document's own tree.</summary>
    private static Diagnostic In(Diagnostic diagnostic, SyntaxTree tree)
    {
        return Diagnostic.Create(
            diagnostic.Descriptor,
            Moved(diagnostic.Location),
            diagnostic.AdditionalLocations.Where(location => location.SourceTree?.FilePath == tree.FilePath).Select(Moved),
            diagnostic.Properties);

        Location Moved(Location location) => Location.Create(tree, location.SourceSpan);
    }
}
