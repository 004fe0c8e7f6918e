using System.Collections.Immutable;
using System.Text;
using Helu.ModelReading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Helu.Generators;

/// <summary>Redirects every ReLU call in the code that an <c>[Activation]</c> attribute speaks for. Reports nothing: that is the analysers' part.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ActivationGenerator : IIncrementalGenerator
{
    internal const string ClassesStep = "SwappedClasses";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<SwappedClass> classes = context.SyntaxProvider
            .ForAttributeWithMetadataName(Annotation.AttributeName, static (_, _) => true, SwappedClassReader.Read)
            .Collect()
            .SelectMany(static (all, _) => Distinct(all))
            .WithTrackingName(ClassesStep);

        IncrementalValueProvider<bool> interceptorsAreOn = context.ParseOptionsProvider.Select(static (options, _) => InterceptorSupport.IsOn(options));
        IncrementalValueProvider<bool> hasRuntime = context.CompilationProvider.Select(static (compilation, _) => TorchTypes.Find(compilation) is { HasRuntime: true });
        IncrementalValueProvider<bool> canSwap = interceptorsAreOn.Combine(hasRuntime).Select(static (both, _) => both.Left && both.Right);

        // An interceptor's location changes with every edit of its file: the editor is spared the work, a build is not.
        context.RegisterImplementationSourceOutput(classes.Combine(canSwap), static (output, source) =>
        {
            if (source.Right && source.Left.Sites.Count > 0)
                output.AddSource(source.Left.FileName + ".Activations.g.cs", SourceText.From(InterceptorWriter.Write(source.Left), Encoding.UTF8));
        });
    }

    /// <summary>
    /// Several attributes of one class lead to the same reading: take each class once. Names that differ by case only are numbered,
    /// since names of generated files must differ by more.
    /// </summary>
    private static ImmutableArray<SwappedClass> Distinct(ImmutableArray<EquatableArray<SwappedClass>> all)
    {
        var byName = new Dictionary<string, SwappedClass>(StringComparer.Ordinal);
        var fileNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (SwappedClass swapped in all.SelectMany(classes => classes))
        {
            if (byName.ContainsKey(swapped.Name))
                continue;
            string fileName = swapped.FileName;
            for (int number = 2; !fileNames.Add(fileName); number++)
                fileName = $"{swapped.FileName}_{number}";
            byName.Add(swapped.Name, swapped with { FileName = fileName });
        }
        return [.. byName.Values];
    }
}
