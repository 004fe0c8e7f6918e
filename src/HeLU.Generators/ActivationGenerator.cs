using System.Collections.Immutable;
using System.Text;
using Helu.Generators.Inference;
using Helu.Generators.Training;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Generators;

/// <summary>
/// Redirects every ReLU call in the code that an <c>[Activation]</c> attribute speaks for, and writes an inference class and a training class for each model there.
/// Reports nothing: that is the analysers' part.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ActivationGenerator : IIncrementalGenerator
{
    internal const string ClassesStep = "SwappedClasses";
    internal const string ModelsStep = "InferenceClasses";
    internal const string TrainedStep = "TrainingClasses";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<AnnotatedCode> code = context.SyntaxProvider
            .ForAttributeWithMetadataName(Annotation.AttributeName, static (_, _) => true, AnnotatedCodeReader.Read);
        IncrementalValuesProvider<SwappedClass> classes = code
            .Select(static (read, _) => read.Swapped)
            .Collect()
            .SelectMany(static (all, _) => Distinct(all, swapped => swapped.Name, swapped => swapped.FileName, (swapped, fileName) => swapped with { FileName = fileName }))
            .WithTrackingName(ClassesStep);
        IncrementalValuesProvider<InferenceClass> models = code
            .Select(static (read, _) => read.Models)
            .Collect()
            .SelectMany(static (all, _) => Distinct(all, model => model.Name, model => model.FileName, (model, fileName) => model with { FileName = fileName }))
            .WithTrackingName(ModelsStep);
        IncrementalValuesProvider<TrainingClass> trained = code
            .Select(static (read, _) => read.Trained)
            .Collect()
            .SelectMany(static (all, _) => Distinct(all, model => model.Name, model => model.FileName, (model, fileName) => model with { FileName = fileName }))
            .WithTrackingName(TrainedStep);

        IncrementalValueProvider<ProjectFeatures> features = context.CompilationProvider.Select(static (compilation, _) => TorchTypes.Find(compilation))
            .Combine(context.ParseOptionsProvider)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (all, _) => ProjectFeatures.Of(all.Left.Left, all.Left.Right, all.Right.GlobalOptions));

        // An interceptor's location changes with every edit of its file: the editor is spared the work, a build is not.
        context.RegisterImplementationSourceOutput(classes.Combine(features), static (output, source) =>
        {
            if (source.Right.Intercepts && source.Left.Sites.Count > 0)
                output.AddSource(source.Left.FileName + ".Activations.g.cs", SourceText.From(InterceptorWriter.Write(source.Left), Encoding.UTF8));
        });

        context.RegisterSourceOutput(models.Combine(features), static (output, source) =>
        {
            if (source.Right.WritesInference)
                output.AddSource(source.Left.FileName + ".Inference.g.cs", SourceText.From(GeneratedFile.Write(source.Left, source.Right), Encoding.UTF8));
        });

        context.RegisterSourceOutput(trained.Combine(features), static (output, source) =>
        {
            if (source.Right.Trains)
                output.AddSource(source.Left.FileName + ".Training.g.cs", SourceText.From(TrainingFile.Write(source.Left, source.Right), Encoding.UTF8));
        });
    }

    /// <summary>
    /// Several attributes of one class lead to the same reading: take each class once. Names that differ by case only are numbered,
    /// since names of generated files must differ by more.
    /// </summary>
    private static ImmutableArray<T> Distinct<T>(ImmutableArray<EquatableArray<T>> all, Func<T, string> name, Func<T, string> fileName, Func<T, string, T> rename)
        where T : IEquatable<T>
    {
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        var fileNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (T item in all.SelectMany(items => items))
        {
            if (byName.ContainsKey(name(item)))
                continue;
            string unique = fileName(item);
            for (int number = 2; !fileNames.Add(unique); number++)
                unique = $"{fileName(item)}_{number}";
            byName.Add(name(item), rename(item, unique));
        }
        return [.. byName.Values];
    }
}
