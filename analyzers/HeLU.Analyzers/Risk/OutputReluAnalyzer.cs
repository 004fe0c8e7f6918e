using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1006: a model that ends in a ReLU, where it is seen to be a model of its own rather than the part of one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OutputReluAnalyzer : RiskAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.ReluOnOutput,
        "ReLU on the output of a model",
        "The output of {0} goes through a ReLU: it can't predict a negative number, and {1}; remove the ReLU",
        "A regression, a Q-value or a single logit needs both signs. An output that is dead at initialisation stays dead: no gradient passes it.");

    /// <summary>Creates the rule.</summary>
    public OutputReluAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        foreach (TracedModel model in context.Trace.Models)
        {
            foreach (Layer relu in model.Outputs.Select(Producer.Unshaped).OfType<Layer>().Where(Rectifier.Is))
            {
                SyntaxNode place = ReluPlace.Of(relu, context.Traces, context.Token);
                OutputUses uses = OutputUses.Of(context.Traces, context.Token);
                if (!uses.AreOnLogits(place) && (uses.AreOnValues(place) || (!uses.GoOn(place, model.Module) && IsHead(relu, model, context))))
                    Report(context, model, relu, place);
            }
        }
    }

    private static void Report(TracedCodeContext context, TracedModel model, Layer relu, SyntaxNode place)
    {
        double? dead = new Signals(model.Layers).Before(relu)?.DeadShare(Rectifier.Threshold(relu));
        context.Report(
            Descriptor,
            place,
            [ReluPlace.Making(relu)],
            SharedPlace.Note(WidthProperties.Of(Producer.Unshaped(relu.Input), dead), relu, place),
            model.Module.IsUserClass ? $"'{model.Module.Factory}'" : "this Sequential",
            dead is { } known and >= 0.01
                ? $"an output is dead at initialisation with a probability of {Percentage.Text(known)}"
                : "about 50 % of its outputs are 0 at initialisation and give no gradient");
    }

    /// <summary>Whether the ReLU's Linear looks like the head of a whole model. A convolution does not: features end in ReLU for good reason.</summary>
    private static bool IsHead(Layer relu, TracedModel model, TracedCodeContext context)
    {
        if (Producer.Unshaped(relu.Input) is not { Kind: LayerKind.Linear, Module: { } head } || PartName.Is(model.Module))
            return false;
        bool isDeep = model.Layers.Count(layer => layer.Kind is LayerKind.Linear or LayerKind.Convolution) > 1;
        return UseOf(model, context) switch
        {
            ModelUse.Whole => OutputSize.IsSmall(head) || (isDeep && (head.OutFeatures is null || OutputSize.Narrows(head))),
            ModelUse.Unseen => isDeep && (head.OutFeatures is null or 1 || (OutputSize.IsSmall(head) && OutputSize.Narrows(head))),
            _ => false,
        };
    }

    /// <summary>A Sequential is a whole where an optimiser trains it, or where the method that builds it keeps it to itself.</summary>
    private static ModelUse UseOf(TracedModel model, TracedCodeContext context)
    {
        if (context.Root.Type is not null)
            return context.Use;
        bool isTrained = context.Trace.Optimisers.Any(optimiser => optimiser.Models.Any(trained => trained.Module == model.Module));
        return isTrained || ConstructionPlaces.StaysInMethod(model.Module.Creation) ? ModelUse.Whole : ModelUse.Part;
    }
}
