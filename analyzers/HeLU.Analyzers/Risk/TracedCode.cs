using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>Registers for each piece of code that is traced: the model classes of a compilation, and the methods that build, train or use models.</summary>
internal static class TracedCode
{
    /// <summary>
    /// <paramref name="analyze"/> runs once for each trace of a compilation that references TorchSharp; what it reports is reported with the file
    /// that it stands in, once for each rule and place. The state is that of one compilation and one analyser.
    /// </summary>
    public static void Register(AnalysisContext context, Action<TracedCodeContext> analyze)
    {
        context.RegisterCompilationStartAction(start =>
        {
            if (Traces.Of(start.Compilation) is not { } traces)
                return;
            var findings = new Findings(traces, start.Options.AnalyzerConfigOptionsProvider, analyze);
            start.RegisterSemanticModelAction(file =>
            {
                foreach (Diagnostic finding in findings.In(file.SemanticModel.SyntaxTree, file.CancellationToken))
                    file.ReportDiagnostic(finding);
            });
        });
    }
}
