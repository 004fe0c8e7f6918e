namespace Helu.Inference.Modules;

/// <summary>A tensor that a module has.</summary>
/// <param name="Name">Its name in the module.</param>
/// <param name="Shape">The sizes that the hyperparameters ask for.</param>
internal readonly record struct WeightSpec(string Name, params long[] Shape);
