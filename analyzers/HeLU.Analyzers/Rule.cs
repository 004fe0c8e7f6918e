using Microsoft.CodeAnalysis;

namespace Helu.Analyzers;

/// <summary>Makes descriptors of the two categories.</summary>
internal static class Rule
{
    private const string Category = "HeLU.Usage";
    private const string RiskCategory = "HeLU.DyingReLU";

    public static DiagnosticDescriptor Suggestion(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Info, isEnabledByDefault: true, description);

    public static DiagnosticDescriptor Warning(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, description);

    public static DiagnosticDescriptor Error(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, description);

    public static DiagnosticDescriptor Risk(string id, string title, string message, string description, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new(id, title, message, RiskCategory, severity, isEnabledByDefault: true, description);
}
