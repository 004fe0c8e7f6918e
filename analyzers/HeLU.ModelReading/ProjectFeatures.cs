using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.ModelReading;

/// <summary>What a project has, and what is written for it.</summary>
/// <param name="Intercepts">Whether calls are redirected.</param>
/// <param name="WritesInference">Whether inference classes are written: it references the inference runtime.</param>
/// <param name="Freezes">Whether its models can be frozen: it references the training runtime, and is not for inference only.</param>
/// <param name="Trains">Whether fused training modules are written: the training runtime has them, and the project is not for inference only.</param>
/// <param name="Swaps">Whether the ReLUs of its models are swapped: here, or where an inference-only project's models were trained.</param>
internal readonly record struct ProjectFeatures(bool Intercepts, bool WritesInference, bool Freezes, bool Trains, bool Swaps)
{
    private const string InferenceOnly = "build_property.HeluInferenceOnly";

    public static ProjectFeatures Of(TorchTypes? types, ParseOptions options, AnalyzerConfigOptions properties)
    {
        // The generated code needs file-local types.
        if (types is null || options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp11 })
            return default;
        bool isInferenceOnly = properties.TryGetValue(InferenceOnly, out string? value) && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
        bool intercepts = !isInferenceOnly && types.HasRuntime && InterceptorSupport.IsOn(options);
        return new(intercepts, types.HasInference, types.HasFreezer && !isInferenceOnly, types.HasTraining && !isInferenceOnly, intercepts || isInferenceOnly);
    }
}
