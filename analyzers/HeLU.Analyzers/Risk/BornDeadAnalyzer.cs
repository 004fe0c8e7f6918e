using System.Globalization;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1001: fully connected ReLU layers so narrow and so many that one of them may have no unit that fires.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BornDeadAnalyzer : RiskAnalyzer
{
    /// <summary>Of two layers the bound says far too much: 2 wide 44 %, measured 5 to 7 %.</summary>
    private const int LeastDepth = 3;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.BornDead,
        "Network may be born dead",
        "This network of {0} hidden ReLU layers, {1} at the narrowest, is dead at initialisation with probability up to {2}: "
        + "all units of one layer give 0 for every input, and no layer gets a gradient; widen the layers to {3}, which keeps it at or below {4}",
        "A layer of N units has none that fires with a probability of up to 2^-N, which adds up over the layers (Lu et al., arXiv 1903.06733). No training repairs it.");

    /// <summary>Creates the rule.</summary>
    public BornDeadAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        if (!context.Trace.IsComplete)
            return;
        foreach (ReluChain chain in TracedLayers.ModelsOf(context.Trace).SelectMany(ReluChain.Of))
        {
            // The bound is for fully connected layers: a channel has many places to fire at. A normalised layer has units of either sign.
            HiddenRelu[] layers = [.. chain.Layers.Where(layer => layer is { IsConvolution: false, IsNormalised: false })];
            if (layers.Length >= LeastDepth && layers.All(layer => layer.Width is > 0))
                Judge(context, chain, layers);
        }
    }

    /// <summary>The first layer sees data of both signs and hardly ever dies as a whole: a chain is reported for the others.</summary>
    private static void Judge(TracedCodeContext context, ReluChain chain, HiddenRelu[] layers)
    {
        double threshold = context.Options.BornDeadProbability;
        double behindData = BornDead.Bound(layers.Where(layer => layer != chain.Layers[0]).Select(layer => layer.Width!.Value));
        if (threshold <= 0 || behindData < threshold)
            return;
        double bound = BornDead.Bound(layers.Select(layer => layer.Width!.Value));
        HiddenRelu narrowest = layers.OrderBy(layer => layer.Width).First();
        context.Report(
            Descriptor,
            ReluPlace.Of(narrowest.Relu, context.Traces, context.Token),
            [ReluPlace.Making(narrowest.Relu)],
            WidthProperties.Of(narrowest, bound),
            layers.Length,
            Units(narrowest.Width!.Value),
            Percentage.Text(bound),
            Units(BornDead.SafeWidth(layers.Length, threshold)),
            Percentage.Text(threshold));
    }

    private static string Units(long count) => count == 1 ? "1 unit" : count.ToString(CultureInfo.InvariantCulture) + " units";
}
