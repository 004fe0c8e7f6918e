using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Tests.Harness;

/// <summary>The reports of a rule themselves, for what markup does not check: their properties and further places.</summary>
internal static class Findings
{
    public static async Task<Diagnostic[]> Of(string id, params string[] sources)
    {
        CSharpCompilation compilation = Programs.Compile(sources);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> reports = await compilation.WithAnalyzers(RuleTest.AllRules).GetAnalyzerDiagnosticsAsync();
        return [.. reports.Where(report => report.Id == id)];
    }

    /// <summary>The share or probability that a report predicts.</summary>
    public static double Predicted(Diagnostic report) => double.Parse(report.Properties["Predicted"]!, CultureInfo.InvariantCulture);
}
