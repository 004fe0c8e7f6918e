using System.Collections.Immutable;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers;

/// <summary>HELU0003, HELU0007: an attribute in a project where nothing can be swapped.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwapSwitchedOffAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor InterceptorsOffRule = Rule.Warning(
        RuleIds.InterceptorsOff,
        "Interceptors are switched off",
        "[Activation] has no effect: {0}",
        "The package's targets allow them. They are missing where the package's build assets are excluded or HeluInterceptors is false.");

    private static readonly DiagnosticDescriptor RuntimeMissingRule = Rule.Warning(
        RuleIds.RuntimeMissing,
        "The HeLU package is not referenced",
        "[Activation] has no effect: this project does not reference the package HeLU, whose functions take ReLU's place",
        "The attribute and the generator come with HeLU.Generators; the activations themselves are in HeLU.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InterceptorsOffRule, RuntimeMissingRule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        ActivationAttributes.Register(context, Analyze);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, AttributeSyntax attribute, TorchTypes types)
    {
        if (ActivationAttributes.KindOf(attribute, context) is null or Kind.ReLU)
            return;
        if (!InterceptorSupport.IsOn(attribute.SyntaxTree.Options))
            context.ReportDiagnostic(Diagnostic.Create(InterceptorsOffRule, attribute.GetLocation(), WhyOff(attribute.SyntaxTree.Options)));
        if (!types.HasRuntime)
            context.ReportDiagnostic(Diagnostic.Create(RuntimeMissingRule, attribute.GetLocation()));
    }

    private static string WhyOff(ParseOptions options) => options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp11 }
        ? "this project is compiled as C# 10 or older, and the generated code needs C# 11; raise LangVersion"
        : "this project does not allow interceptors in namespace Helu.Generated; "
            + "add <InterceptorsNamespaces>$(InterceptorsNamespaces);Helu.Generated</InterceptorsNamespaces> to it";
}
