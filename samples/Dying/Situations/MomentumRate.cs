using Dying.Training;

namespace Dying.Situations;

/// <summary>Momentum adds up steps until one takes units to where they give 0 for every input.</summary>
internal static class MomentumRate
{
    public static Situation Situation { get; } = new(
        "momentum",
        "SGD with a learning rate of 0.2 and a momentum of 0.9",
        "arXiv 2005.06195, HELU1005",
        new Setup
        {
            Task = new LinearPlusSine(),
            HiddenLayers = 3,
            Width = 64,
            LearningRate = 0.2,
            Momentum = 0.9,
        });
}
