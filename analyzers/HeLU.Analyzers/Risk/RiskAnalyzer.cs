using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>A rule about ReLUs prone to dying: it judges each trace of a compilation.</summary>
public abstract class RiskAnalyzer : DiagnosticAnalyzer
{
    private protected RiskAnalyzer(DiagnosticDescriptor rule) => SupportedDiagnostics = [rule];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        TracedCode.Register(context, Analyze);
    }

    /// <summary>Reports what a trace shows. Called side by side for several compilations.</summary>
    private protected abstract void Analyze(TracedCodeContext context);
}
