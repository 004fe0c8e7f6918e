using System.Collections.Immutable;
using System.Globalization;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1003: a bias that is filled with a negative number, and the ReLU after it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NegativeBiasAnalyzer : RiskAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.NegativeBias,
        "Negative bias before a ReLU",
        "This fills a bias before a ReLU with {0}: {1} of the ReLU's units are expected to be dead before training starts; fill it with 0",
        "A unit is dead that gives 0 for every input: its weights and its bias get no gradient. A bias below zero moves all units of a layer towards that.");

    /// <summary>Creates the rule.</summary>
    public NegativeBiasAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        foreach (TracedModel model in TracedLayers.ModelsOf(context.Trace))
        {
            var signals = new Signals(model.Layers);
            IEnumerable<(SyntaxNode Fill, double Bias, double Dead, Layer Relu)> found = model.Layers
                .Where(Rectifier.Is)
                .Select(relu => (Relu: relu, Bias: Producer.Of(relu)?.Module?.Bias.Initialisation, Dead: signals.Before(relu)?.DeadShare(Rectifier.Threshold(relu)) ?? 0))
                .Where(layer => layer is { Bias: { Kind: InitialisationKind.Constant, Value: < 0, Node: not null } })
                .Select(layer => (layer.Bias!.Node!, layer.Bias.Value!.Value, layer.Dead, layer.Relu));
            foreach (var fill in found.GroupBy(layer => layer.Fill))
                Report(context, fill.OrderByDescending(layer => layer.Dead).First());
        }
    }

    /// <summary>One call in a loop fills the biases of several layers: the number is that of the layer with most dead units.</summary>
    private static void Report(TracedCodeContext context, (SyntaxNode Fill, double Bias, double Dead, Layer Relu) worst)
    {
        if (worst.Dead < context.Options.DeadShare)
            return;
        context.Report(
            Descriptor,
            worst.Fill,
            [ReluPlace.Making(worst.Relu)],
            ImmutableDictionary<string, string?>.Empty.Add("Predicted", Percentage.Property(worst.Dead)),
            worst.Bias.ToString("0.####", CultureInfo.InvariantCulture),
            Percentage.Text(worst.Dead));
    }
}
