using System.Collections.Immutable;
using System.Globalization;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1004: weights that are all the same number, and the ReLU after them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantWeightsAnalyzer : RiskAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.ConstantWeights,
        "Zero or constant weights before a ReLU",
        "This fills the weights before a ReLU with {0}: {1}; initialise them with kaiming_uniform_",
        "The gradient of ReLU at 0 is 0, so units whose weights are 0 never learn. Units with the same weights compute the same.");

    /// <summary>Creates the rule.</summary>
    public ConstantWeightsAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        foreach (Layer relu in TracedLayers.ModelsOf(context.Trace).SelectMany(model => model.Layers).Where(Rectifier.Is))
        {
            if (Filled(relu) is not { Module: { Weight.Initialisation: { Node: { } fill, Value: var value } } } layer)
                continue;
            double? dead = DeadShare(layer, relu, value);
            if (dead is null && IsGrouped(layer.Module))
                continue;
            context.Report(
                Descriptor,
                fill,
                [ReluPlace.Making(relu)],
                dead is { } share ? ImmutableDictionary<string, string?>.Empty.Add("Predicted", Percentage.Property(share)) : null,
                value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "one number",
                dead is { } known ? Death(known) : Sameness(layer));
        }
    }

    /// <summary>
    /// The layer before the ReLU whose weights are constant: a Linear or convolution, or a normalisation whose gamma is 0 with no sum in between, as
    /// a residual branch has. Any other gamma is harmless: each unit is normalised by itself.
    /// </summary>
    private static Layer? Filled(Layer relu)
    {
        if (Producer.Of(relu) is { Kind: LayerKind.Normalisation, Module.Weight.Initialisation: { Kind: InitialisationKind.Constant, Value: 0 } } normalisation)
            return normalisation;
        return Producer.WeightsOf(relu) is { Module: { Weight.Initialisation.Kind: InitialisationKind.Constant } module } layer && module.OutFeatures is not 1 ? layer : null;
    }

    /// <summary>The share of units that give 0 for every input; null where it depends on the inputs.</summary>
    private static double? DeadShare(Layer layer, Layer relu, double? weight)
    {
        bool isNeverPositive = weight == 0 || (weight < 0 && layer.Kind != LayerKind.Normalisation && layer.Input is { } input && Rectifier.Is(Producer.Of(layer) ?? input));
        if (!isNeverPositive)
            return null;
        TracedModule last = Producer.Of(relu)!.Module!;
        return last switch
        {
            { HasBias: false } => 1,
            { Bias.Initialisation: { Kind: InitialisationKind.Constant, Value: { } bias } } => bias <= 0 ? 1 : weight == 0 ? 0 : null,
            { Bias.Initialisation.Kind: InitialisationKind.Default } when Producer.Of(relu)!.Kind == LayerKind.Normalisation => 1,
            { Bias.Initialisation.Kind: InitialisationKind.Default } when weight == 0 => 0.5,
            _ => null,
        };
    }

    /// <summary>Whether each unit sees channels of its own: with the same weights, as of a blur, they differ nevertheless.</summary>
    private static bool IsGrouped(TracedModule convolution) => convolution.Arguments.TryGetValue("groups", out Value? groups) && groups is not Value.Constant { Content: 1L };

    private static string Death(double share) => share switch
    {
        1 => "all of the ReLU's units give 0 for every input and get no gradient, as relu'(0) = 0",
        0 => "all of the ReLU's units ignore their inputs",
        _ => "all of the ReLU's units ignore their inputs, and the half of them that has a negative bias is dead",
    };

    private static string Sameness(Layer layer) =>
        layer.Module?.OutFeatures is { } units
            ? $"its {units.ToString(CultureInfo.InvariantCulture)} units compute the same, and are worth one"
            : "all of its units compute the same, and are worth one";
}
