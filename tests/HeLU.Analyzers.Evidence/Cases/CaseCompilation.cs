using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Analyzers.Evidence.Cases;

/// <summary>Compilations of the corpus's programs, as a project that references TorchSharp and the packages makes them.</summary>
internal static class CaseCompilation
{
    /// <summary>The namespace of the calls that the measuring redirects.</summary>
    public const string ObservedNamespace = "Helu.Analyzers.Evidence.Observed";

    public static CSharpParseOptions ParseOptions { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp13)
        .WithFeatures([new("InterceptorsNamespaces", ObservedNamespace)]);

    private static readonly IReadOnlyList<MetadataReference> s_references =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Activation).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ActivationAttribute).Assembly.Location),
    ];

    private static readonly CSharpCompilation s_common = CSharpCompilation.Create(
        "Common",
        CorpusFiles.Common.Select((source, index) => Tree(source, $"Common{index}.cs")),
        s_references,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)], // a newer .NET than TorchSharp's: the SDK suppresses it too
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The compilation of a case and the file with its code.</summary>
    public static (CSharpCompilation Compilation, SyntaxTree Program) Of(EvidenceCase @case)
    {
        SyntaxTree program = Tree(@case.Source, $"{@case}.cs");
        return (s_common.WithAssemblyName($"Case_{@case.Area.Name}_{@case.Name}").AddSyntaxTrees(program), program);
    }

    public static SyntaxTree Tree(string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);
}
