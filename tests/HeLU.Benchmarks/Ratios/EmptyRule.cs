using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Benchmarks.Ratios;

/// <summary>Looks at every operation and finds nothing, as the SDK's own rules mostly do.</summary>
#pragma warning disable RS1001, RS2008 // it is run by the benchmark, not loaded by a compiler
internal sealed class EmptyRule : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_descriptor = new("EMPTY", "Nothing", "Nothing", "Nothing", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [s_descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(static _ => { }, OperationKind.Invocation);
    }
}
