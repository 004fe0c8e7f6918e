extern alias compiler;

using System.Collections.Immutable;
using System.Globalization;
using Helu.Analyzers.Evidence.Cases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Evidence.Predicting;

/// <summary>Runs every analyser of the project on a case, without running the case.</summary>
internal static class Analysis
{
    /// <summary>The property in which a rule hands over the share or probability that its message states.</summary>
    private const string ShareProperty = "Predicted";

    /// <summary>The property with the number of units of the layer that a finding is about.</summary>
    private const string UnitsProperty = "Features";

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(compiler::Helu.Analyzers.UnswappedReluAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The findings of the rules on dying ReLUs (HELU1xxx), by rule and line.</summary>
    /// <exception cref="InvalidOperationException">An analyser failed.</exception>
    public static IReadOnlyList<Prediction> Of(EvidenceCase @case)
    {
        Compilation compilation = CaseCompilation.Of(@case).Compilation;
        ImmutableArray<Diagnostic> diagnostics = compilation.WithAnalyzers(s_analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } failure)
            throw new InvalidOperationException($"{@case}: {failure.GetMessage(CultureInfo.InvariantCulture)}");
        return
        [
            .. diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("HELU1", StringComparison.Ordinal))
                .Select(Read)
                .OrderBy(prediction => prediction.Rule, StringComparer.Ordinal)
                .ThenBy(prediction => prediction.Line),
        ];
    }

    private static Prediction Read(Diagnostic diagnostic) => new(
        diagnostic.Id,
        Line(diagnostic.Location),
        Line(diagnostic.AdditionalLocations.Count > 0 ? diagnostic.AdditionalLocations[0] : diagnostic.Location),
        Number(diagnostic, ShareProperty),
        Number(diagnostic, UnitsProperty),
        diagnostic.GetMessage(CultureInfo.InvariantCulture));

    private static double? Number(Diagnostic diagnostic, string property) =>
        diagnostic.Properties.TryGetValue(property, out string? number) && number is not null ? double.Parse(number, CultureInfo.InvariantCulture) : null;

    private static int Line(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;
}
