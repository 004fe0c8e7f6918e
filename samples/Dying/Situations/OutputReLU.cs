using Dying.Training;

namespace Dying.Situations;

/// <summary>A regression or Q-value of one output whose last layer goes through a ReLU as well: half of the targets are out of reach, and the only output may be dead.</summary>
internal static class OutputReLU
{
    public static Situation Situation { get; } = new(
        "output-relu",
        "ReLU on the only output of a network with 4 hidden layers of 64 units",
        "HELU1006",
        new Setup
        {
            Task = new LinearPlusSine(),
            HiddenLayers = 4,
            Width = 64,
            OutputReLU = true,
            LearningRate = 0.02,
            Momentum = 0.9,
        },
        new("no-output-ReLU", setup => setup with { OutputReLU = false }));
}
