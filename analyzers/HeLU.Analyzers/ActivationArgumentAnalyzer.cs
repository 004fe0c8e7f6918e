using System.Collections.Immutable;
using System.Globalization;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers;

/// <summary>HELU0006: an argument of [Activation] that no activation can be made from.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ActivationArgumentAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Error(
        RuleIds.InvalidActivationArgument,
        "Invalid argument of [Activation]",
        "{0}; found {1}",
        "The kind must be a value of Helu.Kind; a parameter must be one that the kind has, finite and in its range.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        ActivationAttributes.Register(context, Analyze);
    }

    /// <summary>A constant as the double that the compiler makes of it; null where it makes none.</summary>
    private static double? Number(object? constant) => constant switch
    {
        char c => c,
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double => Convert.ToDouble(constant, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static void Analyze(SyntaxNodeAnalysisContext context, AttributeSyntax attribute, TorchTypes types)
    {
        if (ActivationAttributes.KindOf(attribute, context) is not { } kind)
            return;
        if (!KindParameters.IsDefined(kind))
            Report(ActivationAttributes.KindArgument(attribute)!, "The kind must be a value of Helu.Kind");
        else
            Parameters(kind);

        void Parameters(Kind kind)
        {
            KindParameter[] parameters = KindParameters.Of(kind);
            foreach (AttributeArgumentSyntax argument in ActivationAttributes.Parameters(attribute))
            {
                string name = argument.NameEquals!.Name.Identifier.ValueText;
                if (Number(context.SemanticModel.GetConstantValue(argument.Expression, context.CancellationToken).Value) is { } value
                    && Fault(kind, Array.Find(parameters, parameter => parameter.Property == name), name, value) is { } fault)
                {
                    Report(argument, fault);
                }
            }
        }

        static string? Fault(Kind kind, KindParameter? parameter, string name, double value) =>
            parameter is null ? $"Kind.{kind} has no {name.ToLowerInvariant()}; remove it" : parameter.Fault(kind, value);

        void Report(AttributeArgumentSyntax argument, string fault) =>
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, argument.Expression.GetLocation(), fault, argument.Expression.ToString()));
    }
}
