using System.Collections.Immutable;
using System.Globalization;
using Helu.ModelReading;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1002: many ReLU layers in a row with torch's default initialisation and nothing that keeps their units apart from zero.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeepStackAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Shorter stacks are not reported, whatever their share.</summary>
    private const int LeastDepth = 4;

    /// <summary>Deep layers come ever closer to one share: of those that differ by less, the first is reported.</summary>
    private const double SameShare = 0.005;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.DeepStack,
        "Deep ReLU stack on default initialisation",
        "About {0} of the {1} of hidden ReLU layer {2} are expected to be dead before training starts: no layer up to here is normalised, skipped, or initialised other "
        + "than by torch's default; initialise with kaiming_uniform_ or normalise before each ReLU (HeLU reaches the {3} of the dead within {4} below zero)",
        "Torch's default initialisation shrinks a signal to a sixth of its square in each ReLU layer, until the biases decide which units fire: half of them then fire for every input, "
        + "the other half for none.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        TracedCode.Register(context, Analyze);
    }

    private static void Analyze(TracedCodeContext context)
    {
        if (!context.Trace.IsComplete)
            return;
        foreach (TracedModel model in TracedLayers.ModelsOf(context.Trace))
        {
            foreach (ReluChain chain in ReluChain.Of(model).Where(chain => chain.StartsAtData && chain.Layers.Count >= LeastDepth))
                Judge(context, model, chain);
        }
    }

    private static void Judge(TracedCodeContext context, TracedModel model, ReluChain chain)
    {
        var initialised = new Lazy<InitialisedElsewhere>(() => InitialisedElsewhere.Of(context.Traces, context.Token));
        HiddenRelu[] layers = [.. chain.Layers.TakeWhile(layer => layer is { IsNormalised: false, Width: > 0 })];
        HashSet<Layer> changed = [.. chain.Weights.Where(weights => weights.Module is not { Weight.Initialisation.Kind: InitialisationKind.Default })];
        if (changed.Count > 0)
            return;
        var signals = new Signals(model.Layers);
        (HiddenRelu Layer, PreActivation Input, double Dead)? worst = null;
        foreach (HiddenRelu layer in InStacks(layers))
        {
            if (signals.Before(layer.Relu) is { } input && input.DeadShare() is var dead && dead >= context.Options.DeadShare && !(worst?.Dead >= dead - SameShare))
                worst = (layer, input, dead);
        }
        if (worst is { } found && !initialised.Value.Any(chain.Weights))
            Report(context, found.Layer, 1 + Array.IndexOf(layers, found.Layer), found.Input, found.Dead);
    }

    /// <summary>The layers of four or more Linear layers in a row, or as many convolutions: a short classifier behind convolutions is none.</summary>
    private static IEnumerable<HiddenRelu> InStacks(HiddenRelu[] layers)
    {
        for (int start = 0, end; start < layers.Length; start = end)
        {
            for (end = start + 1; end < layers.Length && layers[end].IsConvolution == layers[start].IsConvolution;)
                end++;
            for (int index = start; index < end && end - start >= LeastDepth; index++)
                yield return layers[index];
        }
    }

    private static void Report(TracedCodeContext context, HiddenRelu layer, int depth, PreActivation input, double dead)
    {
        double alpha = KindParameters.DefaultAlpha(Kind.HeLU);
        double reached = 1 - (input.DeadShare(-alpha) / dead);
        context.Report(
            Descriptor,
            ReluPlace.Of(layer.Relu, context.Traces, context.Token),
            [ReluPlace.Making(layer.Relu)],
            WidthProperties.Of(layer, dead),
            Percentage.Text(dead),
            layer.Width!.Value.ToString(CultureInfo.InvariantCulture) + (layer.IsConvolution ? " channels" : " units"),
            depth,
            Percentage.Text(reached),
            alpha.ToString(CultureInfo.InvariantCulture));
    }
}
