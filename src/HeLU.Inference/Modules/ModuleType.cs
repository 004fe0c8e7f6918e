using Helu.Inference.Tracing;

namespace Helu.Inference.Modules;

/// <summary>A type of module.</summary>
/// <param name="Name">TorchSharp's class name.</param>
/// <param name="Weights">Its tensors, for the hyperparameters of a module.</param>
/// <param name="Apply">Records what it does.</param>
internal sealed record ModuleType(string Name, Func<ModuleNode, IEnumerable<WeightSpec>> Weights, Func<ModuleNode, Value, Value> Apply)
{
    public static IEnumerable<WeightSpec> NoWeights(ModuleNode module) => [];
}
