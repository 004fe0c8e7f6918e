using System.Collections.Immutable;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers;

/// <summary>HELU0004: an attribute speaks for the code of its class, not for a base class's.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaseClassAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Warning(
        RuleIds.BaseClassNotSwapped,
        "ReLUs of the base class are not swapped",
        "The ReLUs of base class '{0}' stay ReLUs: {1}",
        "[Activation] speaks for the code that is written in its class. A base class needs its own attribute; one that is compiled in another assembly can't be reached.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (TorchTypes.Find(start.Compilation) is { } types)
                start.RegisterSymbolAction(symbol => Analyze(symbol, types), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, TorchTypes types)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (Nearest(type, types) is not { } attribute || Annotation.Read(attribute) is not { Swaps: true })
            return;
        var reader = new ReluReader(types, AnnotatedTypes.Models(context.Compilation));
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null && !types.IsTorchSharp(ancestor); ancestor = ancestor.BaseType)
        {
            if (Why(ancestor, reader, types, context) is { } reason)
                context.ReportDiagnostic(Diagnostic.Create(Descriptor, BaseLocation(type, context.CancellationToken), ancestor.ToDisplayString(), reason));
        }
    }

    private static string? Why(INamedTypeSymbol ancestor, ReluReader reader, TorchTypes types, SymbolAnalysisContext context)
    {
        if (SymbolEqualityComparer.Default.Equals(ancestor.ContainingAssembly, context.Compilation.Assembly))
            return reader.HasUnannotatedRelu(ancestor.OriginalDefinition, context.CancellationToken) ? "annotate it too" : null;
        return Nearest(ancestor, types) is null && KnowsTorchSharp(ancestor.ContainingAssembly, types)
            ? "if it has any, they are compiled in another assembly; annotate it there"
            : null;
    }

    /// <summary>The attribute that speaks for a type as a whole: its own, an outer type's, the assembly's.</summary>
    private static AttributeData? Nearest(INamedTypeSymbol type, TorchTypes types)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (Annotation.Of(outer, types) is { } attribute)
                return attribute;
        }
        return Annotation.Of(type.ContainingAssembly, types);
    }

    private static bool KnowsTorchSharp(IAssemblySymbol assembly, TorchTypes types) =>
        assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == types.ReLU.ContainingAssembly.Name));

    private static Location BaseLocation(INamedTypeSymbol type, CancellationToken token) =>
        type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(token))
            .OfType<TypeDeclarationSyntax>()
            .Select(declaration => declaration.BaseList?.Types.FirstOrDefault()?.GetLocation())
            .FirstOrDefault(location => location is not null) ?? type.Locations[0];
}
