using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helu.Analyzers.Risk;

/// <summary>Whether the code around an optimiser changes what its learning rate says.</summary>
internal static class RateChanges
{
    /// <summary>Schedules whose first rates are others than the one given, and the parameter groups whose rate code can set.</summary>
    private static readonly HashSet<string> s_schedules = new(StringComparer.Ordinal)
    {
        "OneCycleLR", "CyclicLR", "LinearLR", "ConstantLR", "LambdaLR", "SequentialLR", "ParamGroups",
    };

    /// <summary>They bound the step of SGD; an adaptive optimiser divides by the size of the gradient anyway.</summary>
    private static readonly HashSet<string> s_clips = new(StringComparer.Ordinal) { "clip_grad_norm_", "clip_grad_value_" };

    /// <summary>Whether the type, or the file of top-level statements, that constructs the optimiser names one of them.</summary>
    public static bool Near(OptimiserUse optimiser, bool isAdaptive)
    {
        SyntaxNode scope = (SyntaxNode?)optimiser.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? optimiser.Node.SyntaxTree.GetRoot();
        IEnumerable<string> names = scope.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText);
        return names.Any(name => s_schedules.Contains(name) || (!isAdaptive && s_clips.Contains(name)));
    }
}
