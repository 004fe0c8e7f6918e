using System.Collections.Immutable;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1007: a ReLU whose output is taken as logits, in the model or by a loss elsewhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LogitReluAnalyzer : RiskAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.ReluOnLogits,
        "ReLU before a softmax or its loss",
        "The output of a ReLU goes into {0} as logits: every negative logit, about 50 % of them at initialisation, becomes 0 and gets no gradient; remove the ReLU",
        "Softmax and the losses that hold it take logits of either sign. Behind a ReLU no class can be less likely than one whose logit is 0, and a class that is off does not learn.");

    /// <summary>Creates the rule.</summary>
    public LogitReluAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        foreach ((Layer relu, Layer consumer) in OutputUses.OnLogits(context.Trace))
        {
            SyntaxNode place = ReluPlace.Of(relu, context.Traces, context.Token);
            context.Report(
                Descriptor,
                place,
                [ReluPlace.Making(relu), consumer.Site.Node],
                SharedPlace.Note(ImmutableDictionary<string, string?>.Empty, relu, place),
                consumer.Name);
        }
    }
}
