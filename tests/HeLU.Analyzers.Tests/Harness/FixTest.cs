extern alias compiler;

using compiler::Helu.Analyzers;
using Helu.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>Applies the fix of HELU0008 to a program in markup: one diagnostic at a time, and to all of a file, a project and a solution.</summary>
internal sealed class FixTest : CSharpCodeFixTest<InferenceClassAnalyzer, MakePartialCodeFixProvider, DefaultVerifier>
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
