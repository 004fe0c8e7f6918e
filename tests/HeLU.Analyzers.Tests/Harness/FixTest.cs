using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>Applies a fix to what its rule finds in a program in markup: one diagnostic at a time, and to all of a file, a project and a solution.</summary>
internal sealed class FixTest<TRule, TFix> : CSharpCodeFixTest<TRule, TFix, DefaultVerifier>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public FixTest(string[] sources, string[] fixedSources)
    {
        foreach (string source in sources)
            TestState.Sources.Add(source);
        foreach (string source in fixedSources)
            FixedState.Sources.Add(source);
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(Basic.Reference.Assemblies.Net100.References.All);
        TestState.AdditionalReferences.AddRange([Programs.TorchSharpPackage, Programs.AbstractionsPackage, Programs.RuntimePackage, Programs.InferencePackage]);
    }

    protected override ParseOptions CreateParseOptions() => Programs.ParseOptions;
}
