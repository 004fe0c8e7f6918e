using System.Collections.Immutable;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers;

/// <summary>HELU0001, HELU0002, HELU0005: a ReLU in annotated code that stays a ReLU. Shares the generator's reading, so that each is swapped or reported.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnswappedReluAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor ModuleRule = Rule.Warning(
        RuleIds.ModuleNotSwapped,
        "ReLU module is not swapped",
        "This ReLU stays a ReLU: {0}",
        "TorchSharp's ReLU is sealed and its factory returns it, so a ReLU that is used as a plain module can only be swapped where it is "
        + "called or put into a container in this class.");

    private static readonly DiagnosticDescriptor MethodGroupRule = Rule.Warning(
        RuleIds.MethodGroupNotSwapped,
        "ReLU as a method group is not swapped",
        "This ReLU stays a ReLU: it is called through a delegate, which can't be redirected; write a lambda that calls it",
        "A call through a delegate can't be redirected at compile time. A lambda that calls relu can.");

    private static readonly DiagnosticDescriptor NativeModuleRule = Rule.Warning(
        RuleIds.NativeModuleNotSwapped,
        "ReLU inside a native module is not swapped",
        "The ReLU inside '{0}' stays a ReLU: it is computed inside libtorch; choose another activation of this module, or build it from modules",
        "Transformer layers and RNNs compute their activation inside libtorch, where no call can be redirected.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ModuleRule, MethodGroupRule, NativeModuleRule];

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
        if (type.ContainingType is not null || !AnnotatedTypes.IsAnnotatedAnywhere(type, types, context.Compilation, context.CancellationToken))
            return;
        var reader = new ReluReader(types, AnnotatedTypes.Models(context.Compilation));
        foreach (LeftRelu left in reader.Read(type, context.CancellationToken).Left)
            context.ReportDiagnostic(Report(left));
    }

    private static Diagnostic Report(LeftRelu left)
    {
        Location location = left.Node.GetLocation();
        return left.Reason switch
        {
            LeftReason.MethodGroup => Diagnostic.Create(MethodGroupRule, location),
            LeftReason.NativeModule => Diagnostic.Create(NativeModuleRule, location, left.Subject),
            _ => Diagnostic.Create(ModuleRule, location, Why(left.Reason)),
        };
    }

    private static string Why(LeftReason reason) => reason switch
    {
        LeftReason.Stored => "it is kept as a plain module, and not every use of it can be redirected; declare the variable as ReLU, or create torch.nn.HeLU() instead",
        LeftReason.Passed => "it is passed to code elsewhere as a plain module; pass torch.nn.HeLU() instead",
        LeftReason.Returned => "it is returned as a plain module; return torch.nn.HeLU() instead",
        LeftReason.ConstructorArgument => "it is an argument of a constructor, which can't be redirected; pass torch.nn.HeLU() instead",
        LeftReason.NotInterceptable => "the compiler can't redirect a call at this place; call HeLU's function instead",
        LeftReason.NoParameter => "PReLU learns a parameter, for which a function has no place; call a ReLU() module of this class instead",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "This reason belongs to another rule."),
    };
}
