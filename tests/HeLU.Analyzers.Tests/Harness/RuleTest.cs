extern alias compiler;

using System.Collections.Immutable;
using compiler::Helu.Analyzers;
using compiler::Helu.Analyzers.Risk;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>Runs every rule on a program in markup: <c>{|HELU0001:code|}</c> is where that rule, and no other, must report.</summary>
internal sealed class RuleTest : CSharpAnalyzerTest<UnswappedReluAnalyzer, DefaultVerifier>
{
    private CSharpParseOptions _options = Programs.ParseOptions;

    public RuleTest(params string[] sources)
    {
        foreach (string source in sources)
            TestState.Sources.Add(source);
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(Basic.Reference.Assemblies.Net100.References.All);
        TestState.AdditionalReferences.AddRange([Programs.TorchSharpPackage, Programs.AbstractionsPackage, Programs.RuntimePackage]);
    }

    public static ImmutableArray<DiagnosticAnalyzer> AllRules { get; } =
    [
        new UnswappedReluAnalyzer(), new BaseClassAnalyzer(), new SwapSwitchedOffAnalyzer(), new ActivationArgumentAnalyzer(), new InferenceClassAnalyzer(),
        new BornDeadAnalyzer(), new DeepStackAnalyzer(), new NegativeBiasAnalyzer(), new ConstantWeightsAnalyzer(), new LearningRateAnalyzer(), new OutputReluAnalyzer(),
        new LogitReluAnalyzer(), new AdamWeightDecayAnalyzer(),
    ];

    /// <summary>The value of the project's InterceptorsNamespaces; null where it has none.</summary>
    public RuleTest WithInterceptors(string? namespaces)
    {
        _options = Programs.WithInterceptors(namespaces);
        return this;
    }

    public RuleTest WithLanguage(LanguageVersion version)
    {
        _options = _options.WithLanguageVersion(version);
        return this;
    }

    public RuleTest Without(MetadataReference reference)
    {
        TestState.AdditionalReferences.Remove(reference);
        return this;
    }

    /// <summary>References a further package.</summary>
    public RuleTest With(MetadataReference reference)
    {
        TestState.AdditionalReferences.Add(reference);
        return this;
    }

    protected override ParseOptions CreateParseOptions() => _options;

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AllRules;
}
