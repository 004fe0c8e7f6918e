using Microsoft.CodeAnalysis;

namespace Helu.Analyzers;

/// <summary>Makes descriptors of one category.</summary>
internal static class Rule
{
    private const string Category = "HeLU.Usage";

    public static DiagnosticDescriptor Suggestion(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Info, isEnabledByDefault: true, description);

    public static DiagnosticDescriptor Warning(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, description);

    public static DiagnosticDescriptor Error(string id, string title, string message, string description) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, description);
}
