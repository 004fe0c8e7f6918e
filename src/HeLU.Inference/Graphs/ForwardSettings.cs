namespace Helu.Inference.Graphs;

/// <summary>What every recording of one model shares.</summary>
/// <param name="Override">The activation that takes the place of every swapped ReLU, as <c>Activation.Override</c> asked when the model was frozen; null: what the attributes say.</param>
/// <param name="IsTraining">Whether modules are recorded as calls of themselves and activations with their gradients, for a run that trains.</param>
internal sealed record ForwardSettings(ActivationSpec? Override, bool IsTraining = false);
