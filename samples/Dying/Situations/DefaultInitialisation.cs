using Dying.Training;

namespace Dying.Situations;

/// <summary>
/// The default initialisation keeps a sixth of a signal's square in each ReLU layer: after some layers only the biases are left, and half of the units
/// are negative for every input.
/// </summary>
internal static class DefaultInitialisation
{
    public static Situation Situation { get; } = new(
        "default-init",
        "8 hidden layers of 64 units with PyTorch's default initialisation",
        "arXiv 1502.01852, HELU1002",
        new Setup
        {
            Task = new LinearPlusSine(),
            HiddenLayers = 8,
            Width = 64,
            LearningRate = 0.01,
            Momentum = 0.9,
            Steps = 400,
        });
}
