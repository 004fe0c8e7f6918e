using Dying.Training;

namespace Dying.Situations;

/// <summary>
/// A deep narrow network is born dead: all units of one layer are negative for every input. With 9 hidden layers of 2 units, zero bias and symmetric weights
/// the probability is at most 1 - (1 - 2^-2)^9 = .925.
/// </summary>
internal static class DeepNarrow
{
    public static Situation Situation { get; } = new(
        "deep-narrow",
        "9 hidden layers of 2 units, zero bias",
        "arXiv 1903.06733",
        new Setup
        {
            Task = new AbsoluteValue(),
            HiddenLayers = 9,
            Width = 2,
            Initialisation = Initialisation.Kaiming,
            LearningRate = 0.01,
            Momentum = 0.9,
            Steps = 600,
        },
        new("width-7", setup => setup with { Width = 7 }));
}
