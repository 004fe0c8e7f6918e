extern alias compiler;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ActivationGenerator = compiler::Helu.Generators.ActivationGenerator;

namespace Helu.Generators.Tests.Harness;

/// <summary>Makes compilations of user programs, as a project that references the packages would.</summary>
internal static class Programs
{
    /// <summary>The usings that TorchSharp programs start with.</summary>
    public const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Helu;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        """;

    public static CSharpParseOptions ParseOptions { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview)
        .WithFeatures([new("InterceptorsNamespaces", "Helu.Generated")]);

    /// <summary>.NET, TorchSharp and the packages.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Activation).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Inference.InferenceModel).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ActivationAttribute).Assembly.Location),
    ];

    public static CSharpCompilation Compilation(params string[] sources) => Compilation(ParseOptions, sources);

    public static CSharpCompilation Compilation(CSharpParseOptions options, params string[] sources) => CSharpCompilation.Create(
        "Program_" + Guid.NewGuid().ToString("N"),
        sources.Select((source, index) => Tree(source, $"File{index}.cs", options)),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)], // a newer .NET than TorchSharp's: the SDK suppresses it too
            nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Tree(string source, string path, CSharpParseOptions? options = null) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), options ?? ParseOptions, path);

    public static GeneratorDriver Driver(CSharpParseOptions? options = null) => CSharpGeneratorDriver.Create(
        [new ActivationGenerator().AsSourceGenerator()],
        parseOptions: options ?? ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
