using System.Globalization;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1008: Adam's L2 penalty over convolutions with BatchNorm and ReLU, whose channels it can switch off.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AdamWeightDecayAnalyzer : RiskAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.AdamWeightDecay,
        "L2 weight decay with Adam on BatchNorm and ReLU",
        "A weight_decay of {0} is an L2 penalty here, which {1} scales up for channels with small gradients until their BatchNorm and ReLU output 0 "
        + "for every input ({2} in this model); use AdamW, whose decay does not depend on the gradient",
        "With an adaptive step, the penalty outweighs the gradient of channels that matter little: gamma goes to 0 and the ReLU's channel is dead (Mehta et al., arXiv 1811.12495).",
        DiagnosticSeverity.Info);

    /// <summary>Creates the rule.</summary>
    public AdamWeightDecayAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        foreach (OptimiserUse optimiser in context.Trace.Optimisers.Where(use => use.Name is "Adam" or "NAdam" or "RAdam" or "Adamax"))
        {
            if (OptimiserArguments.Number(optimiser, "weight_decay") is not { } decay || decay <= 0 || !optimiser.Nodes.TryGetValue("weight_decay", out SyntaxNode? place))
                continue;
            Layer[] relus = [.. optimiser.Models.SelectMany(model => model.Layers).Where(IsBehindNormalisedConvolution)];
            if (relus.Length == 0)
                continue;
            context.Report(
                Descriptor,
                place,
                [ReluPlace.Making(relus[0])],
                null,
                decay.ToString(CultureInfo.InvariantCulture),
                optimiser.Name,
                relus.Length == 1 ? "1 convolution" : $"{relus.Length.ToString(CultureInfo.InvariantCulture)} convolutions");
        }
    }

    private static bool IsBehindNormalisedConvolution(Layer layer) =>
        HiddenRelu.Is(layer)
        && Producer.Of(layer) is { Kind: LayerKind.Normalisation, Name: var name } normalisation
        && name.StartsWith("BatchNorm", StringComparison.Ordinal)
        && Producer.Of(normalisation) is { Kind: LayerKind.Convolution };
}
