using System.Collections.Immutable;
using System.Globalization;
using Helu.ModelReading.Layers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Helu.Analyzers.Risk;

/// <summary>HELU1005: a learning rate, or a momentum on top of it, that kills units of a ReLU network without normalisation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LearningRateAnalyzer : RiskAnalyzer
{
    /// <summary>With one hidden layer only SGD on the squared error was measured to kill units.</summary>
    private const int LeastDepth = 2;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Risk(
        RuleIds.LearningRate,
        "Learning rate kills ReLU units",
        "{0} is {1} times the rate at which ReLU units without normalisation start to die: about {2} of a hidden layer's units are expected to be dead after some hundred steps; "
        + "lower it to {3}, or normalise before each ReLU",
        "A large step pushes a unit's weights and bias to where it gives 0 for every input. It gets no gradient from then on.");

    /// <summary>Creates the rule.</summary>
    public LearningRateAnalyzer()
        : base(Descriptor)
    {
    }

    private protected override void Analyze(TracedCodeContext context)
    {
        if (!context.Trace.IsComplete)
            return;
        foreach (OptimiserUse optimiser in context.Trace.Optimisers)
        {
            foreach (TracedModel model in optimiser.Models)
            {
                if (IsPlain(model) && ReluChain.Of(model) is [_, ..] chains)
                    Judge(context, optimiser, chains);
            }
        }
    }

    /// <summary>Whether nothing in the model is normalised or leads around a ReLU.</summary>
    private static bool IsPlain(TracedModel model) =>
        model.Layers.All(layer => layer.Kind is not (LayerKind.Normalisation or LayerKind.Add or LayerKind.Concat or LayerKind.Unknown));

    private static void Judge(TracedCodeContext context, OptimiserUse optimiser, IReadOnlyList<ReluChain> chains)
    {
        chains = [.. chains.Where(chain => chain.Layers.Any(layer => layer.Weights.Module is { } module && optimiser.Trained.Contains(module)))];
        if (chains.Count == 0)
            return;
        bool isOnSquares = context.Trace.Losses is [_, ..] losses && losses.All(loss => loss.Name == "mse_loss");
        int depth = chains.Max(chain => chain.Layers.Count);
        if (LearningRateLimit.Of(optimiser.Name, isOnSquares) is not { } limit
            || (depth < LeastDepth && (limit.IsAdaptive || !isOnSquares))
            || OptimiserArguments.Number(optimiser, OptimiserArguments.LearningRate(optimiser)) is not { } rate)
        {
            return;
        }
        bool hasMomentum = optimiser.Arguments.ContainsKey("momentum");
        double? momentum = hasMomentum ? OptimiserArguments.Number(optimiser, "momentum") : 0;
        if (momentum is not (>= 0 and < 1))
            return;
        HiddenRelu[] layers = [.. chains.SelectMany(chain => chain.Layers)];
        double most = limit.At(context.Options.Number("helu.max_learning_rate." + limit.Key, limit.Rate), layers.Max(layer => layer.IsConvolution ? null : layer.Width));
        double times = LearningRateLimit.Effective(rate, momentum.Value) / most;
        if (most > 0 && times >= 1 - 1e-9 && !RateChanges.Near(optimiser, limit.IsAdaptive))
            Report(context, optimiser, layers[0], limit, (rate, momentum.Value), times);
    }

    private static void Report(
        TracedCodeContext context, OptimiserUse optimiser, HiddenRelu layer, LearningRateLimit limit, (double Rate, double Momentum) setting, double times)
    {
        double dead = limit.DeadShare(Math.Max(times, 1));
        double safe = limit.SafePart * setting.Rate / times;
        context.Report(
            Descriptor,
            optimiser.Nodes.TryGetValue(OptimiserArguments.LearningRate(optimiser), out SyntaxNode? place) ? place : optimiser.Node,
            [ReluPlace.Making(layer.Relu)],
            ImmutableDictionary<string, string?>.Empty.Add("Predicted", Percentage.Property(dead)),
            Setting(optimiser.Name, setting.Rate, setting.Momentum),
            times.ToString("0.0", CultureInfo.InvariantCulture),
            Percentage.Text(dead),
            safe.ToString("G1", CultureInfo.InvariantCulture));
    }

    private static string Setting(string optimiser, double rate, double momentum) =>
        $"{optimiser} with a learning rate of {Text(rate)}" + (momentum > 0 ? $" and a momentum of {Text(momentum)}" : "");

    /// <summary>As it is written, also where it was written as a float.</summary>
    private static string Text(double number) => ((float)number).ToString(CultureInfo.InvariantCulture);
}
