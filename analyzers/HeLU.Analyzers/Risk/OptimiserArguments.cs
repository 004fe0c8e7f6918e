using Helu.ModelReading.Layers;

namespace Helu.Analyzers.Risk;

/// <summary>The numbers that an optimiser is constructed with.</summary>
internal static class OptimiserArguments
{
    /// <summary>SGD's name of the learning rate.</summary>
    private const string SgdRate = "learningRate";

    /// <summary>The parameter that is the learning rate.</summary>
    public static string LearningRate(OptimiserUse optimiser) => optimiser.Arguments.ContainsKey(SgdRate) ? SgdRate : "lr";

    /// <summary>An argument; null where it is not known when compiling, or there is none of this name.</summary>
    public static double? Number(OptimiserUse optimiser, string name) => optimiser.Arguments.TryGetValue(name, out Value? value) ? Numbers.Real(value) : null;
}
