using System.Globalization;
using Helu.ModelReading;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1002: many ReLU layers in a row with torch's default initialisation and nothing that keeps their units apart from zero.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeepStackAnalyzer : RiskAnalyzer
{
    /// <summary>Shorter stacks are not reported, whatever their share.</summary>
    private const int LeastDepth = 4;

    /// <summary>A layer with as many live units is not reported.</summary>
    private const int AmpleWidth = 1024;

    /// <summary>Deep layers come ever closer to one share: of those that differ by less, the first is reported.</summary>
    private const double SameShare = 0.005;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.DeepStack,
        "Deep ReLU stack on default initialisation",
        "About {0} of the {1} of hidden ReLU layer {2} are expected to be dead before training starts: the layers before it are neither normalised nor skipped, "
        + "and initialised by torch's default; initialise with kaiming_uniform_ or normalise before each ReLU (HeLU reaches the {3} of the dead within {4} below zero)",
        "Torch's default initialisation shrinks a signal to a sixth of its square in each ReLU layer, until the biases decide which units fire: "
        + "half of them then fire for every input, the other half for none.");

    /// <summary>Creates the rule.</summary>
    public DeepStackAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
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
        if (!chain.Weights.All(IsDefault))
            return;
        HiddenRelu[] layers = [.. chain.Layers.TakeWhile(layer => layer.Width > 0)];
        var signals = new Signals(model.Layers);
        (HiddenRelu Layer, PreActivation Input, double Dead)? worst = null;
        foreach (HiddenRelu layer in InStacks(layers))
        {
            if (signals.Before(layer.Relu) is not { } input)
                continue;
            double dead = input.DeadShare();
            if (dead >= context.Options.DeadShare && !IsAmple(layer, dead) && !(worst?.Dead >= dead - SameShare))
                worst = (layer, input, dead);
        }
        if (worst is { } found && !InitialisedElsewhere.Of(context.Traces, context.Token).Any(chain.Weights))
            Report(context, found.Layer, 1 + Array.IndexOf(layers, found.Layer), found.Input, found.Dead);
    }

    /// <summary>A negative bias is <see cref="NegativeBiasAnalyzer"/>'s.</summary>
    private static bool IsDefault(Layer weights) => weights.Module is
    {
        Weight.Initialisation.Kind: InitialisationKind.Default,
        Bias.Initialisation: { Kind: not InitialisationKind.Constant } or { Value: >= 0 },
    };

    /// <summary>The layers of stacks of four or more without a normalisation.</summary>
    private static IEnumerable<HiddenRelu> InStacks(HiddenRelu[] layers)
    {
        for (int start = 0, end; start < layers.Length; start = end + 1)
        {
            for (end = start; end < layers.Length && !layers[end].IsNormalised;)
                end++;
            for (int index = start; index < end && end - start >= LeastDepth; index++)
                yield return layers[index];
        }
    }

    /// <summary>Whether enough units of a layer live, whatever the share of the dead: AlexNet's classifier trains with 2,600 of 4,096.</summary>
    private static bool IsAmple(HiddenRelu layer, double dead) => (1 - dead) * layer.Width >= AmpleWidth;

    private static void Report(TracedCodeContext context, HiddenRelu layer, int depth, PreActivation input, double dead)
    {
        double alpha = KindParameters.Default(Kind.HeLU).P0;
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
