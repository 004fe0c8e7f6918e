using System.Collections.Immutable;
using Helu.ModelReading;
using Helu.ModelReading.Forward;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers;

/// <summary>HELU0008, HELU0009: a model that could have an inference class, and what keeps one from having it. Shares the generator's reading.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InferenceClassAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor PossibleRule = Rule.Suggestion(
        RuleIds.InferenceClassPossible,
        "Model can have an inference class",
        "Make {0} partial to get {1}",
        "The forward of this model can be specialised for inference. The generated code adds to the model class, so the class and the types around it must be partial.");

    private static readonly DiagnosticDescriptor NotSpecialisedRule = Rule.Warning(
        RuleIds.NotSpecialised,
        "Code can't be specialised for inference",
        "{0} keeps '{1}' from {3}: {2}",
        "The inference class of a partial model, and its fused training module, are its forward, rewritten at compile time. Each is written where all of forward, and of the methods that it calls, is understood.");

    private const string Inference = "being specialised for inference, not from training or being swapped";
    private const string Training = "being fused for training by ToTraining(), not from inference, training or being swapped";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [PossibleRule, NotSpecialisedRule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (TorchTypes.Find(start.Compilation) is not { } types || start.Compilation.SyntaxTrees.FirstOrDefault() is not { } file)
                return;
            var features = ProjectFeatures.Of(types, file.Options, start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
            if (!features.WritesInference)
                return;
            var requests = new InferenceRequests(start.Compilation, types);
            start.RegisterSymbolAction(symbol => Analyze(symbol, types, features, requests), SymbolKind.NamedType);
        });
    }

    /// <summary>Reads an outermost type with all that it holds: code that several of its models share is reported once.</summary>
    private static void Analyze(SymbolAnalysisContext context, TorchTypes types, ProjectFeatures features, InferenceRequests requests)
    {
        var outermost = (INamedTypeSymbol)context.Symbol;
        if (outermost.ContainingType is not null)
            return;
        Func<SyntaxTree, SemanticModel> modelOf = AnnotatedTypes.Models(context.Compilation);
        var reader = new ForwardReader(types, modelOf, new SwapLookup(new ReluReader(types, modelOf)));
        var reported = new HashSet<SyntaxNode>();
        foreach (INamedTypeSymbol model in TypeAndNested(outermost).Where(type => ForwardReader.IsAnnotatedModel(type, types)))
        {
            bool asks = requests.Contain(model);
            if (!asks && Annotation.Of(model, types) is null)
                continue;
            ForwardReading reading = reader.Read(model, ForwardMode.Inference, context.CancellationToken)!;
            bool isPartial = GeneratedClassPlace.IsPartial(model, context.CancellationToken);
            if (asks)
            {
                foreach (ForwardProblem problem in reading.Problems.Where(problem => reported.Add(problem.Node)))
                    context.ReportDiagnostic(Diagnostic.Create(NotSpecialisedRule, problem.Node.GetLocation(), problem.What, model.Name, problem.Instead, Inference));
                if (features.Trains)
                {
                    foreach (ForwardProblem problem in reader.Read(model, ForwardMode.Training, context.CancellationToken)!.Problems.Where(problem => reported.Add(problem.Node)))
                        context.ReportDiagnostic(TrainingProblem(problem, model));
                }
            }
            if (Obstacle(model, reading) is { } obstacle)
            {
                if (isPartial)
                    context.ReportDiagnostic(Diagnostic.Create(NotSpecialisedRule, Identifier(model, context), obstacle.What, model.Name, obstacle.Instead, Inference));
            }
            else if (reading.Model is not null && (isPartial || Annotation.Of(model, types) is not null) && NotPartial(model, context) is { Length: > 0 } names)
            {
                context.ReportDiagnostic(Diagnostic.Create(PossibleRule, Identifier(model, context), names, Gain(model, features)));
            }
        }
    }

    /// <summary>A suggestion: the model trains as well without the fused module, and asked for no more than inference perhaps.</summary>
    private static Diagnostic TrainingProblem(ForwardProblem problem, INamedTypeSymbol model) => Diagnostic.Create(
        NotSpecialisedRule, problem.Node.GetLocation(), DiagnosticSeverity.Info, additionalLocations: null, properties: null, problem.What, model.Name, problem.Instead, Training);

    /// <summary>What of a model class, besides its code, stands in the way of an inference class.</summary>
    private static (string What, string Instead)? Obstacle(INamedTypeSymbol model, ForwardReading reading)
    {
        if (!HasForward(model))
            return ("Having no forward", "derive it from Module<Tensor, Tensor> and override forward, which inference runs");
        if (reading.Model is null)
            return null;
        if (GeneratedClassPlace.IsFileLocal(model))
            return ("Being file-local", "generated code stands in a file of its own; remove 'file'");
        return GeneratedClassPlace.Inference.NameTaken(model) is { } name
            ? ($"The name '{name}'", "generated code would have it too; rename yours")
            : null;
    }

    /// <summary>Whether it has a forward, or one to implement: the compiler itself reports one that is not.</summary>
    private static bool HasForward(INamedTypeSymbol model)
    {
        for (INamedTypeSymbol? type = model; type is not null; type = type.BaseType)
        {
            if (type.GetMembers("forward").OfType<IMethodSymbol>().Any(method => !method.IsStatic))
                return true;
        }
        return false;
    }

    /// <summary>The names, in quotes, of the class and the types around it that are not partial.</summary>
    private static string NotPartial(INamedTypeSymbol model, SymbolAnalysisContext context) => string.Join(
        " and ",
        GeneratedClassPlace.WithContainers(model)
            .Where(type => !GeneratedClassPlace.IsPartial(type, context.CancellationToken))
            .Select(type => $"'{type.Name}'"));

    private static string Gain(INamedTypeSymbol model, ProjectFeatures features)
    {
        string inferenceClass = $"{model.Name}{GeneratedClassPlace.Inference.Suffix}, its forward specialised for inference";
        return features.Freezes ? $"{GeneratedClassPlace.Inference.Method}() and {inferenceClass}" : inferenceClass;
    }

    /// <summary>The name of the class in the declaration that the attribute stands on; in its first where it stands elsewhere.</summary>
    private static Location Identifier(INamedTypeSymbol model, SymbolAnalysisContext context)
    {
        TypeDeclarationSyntax[] declarations =
            [.. model.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(context.CancellationToken)).OfType<TypeDeclarationSyntax>()];
        return (declarations.FirstOrDefault(declaration => declaration.AttributeLists.Count > 0) ?? declarations[0]).Identifier.GetLocation();
    }

    private static IEnumerable<INamedTypeSymbol> TypeAndNested(INamedTypeSymbol type) => type.GetTypeMembers().SelectMany(TypeAndNested).Prepend(type);
}
