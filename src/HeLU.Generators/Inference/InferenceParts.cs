namespace Helu.Generators.Inference;

/// <summary>What of a model's inference is written in a project.</summary>
/// <param name="HasRuntime">Whether the inference runtime is referenced: nothing is written without.</param>
/// <param name="HasFreezer">Whether a trained model can be frozen in this project: TorchSharp's side is referenced, and the project is not for inference only.</param>
/// <param name="Swaps">Whether the ReLUs of annotated models are swapped here, or were where the model was trained.</param>
internal readonly record struct InferenceParts(bool HasRuntime, bool HasFreezer, bool Swaps);
