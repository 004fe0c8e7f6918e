using Dying.Training;

namespace Dying.Situations;

/// <summary>Biases of -1 on Kaiming weights, as code that wants sparse features sets them: deeper layers see so little that none of their units fires.</summary>
internal static class NegativeBias
{
    public static Situation Situation { get; } = new(
        "negative-bias",
        "4 hidden layers of 64 units whose biases start at -1",
        "HELU1003",
        new Setup
        {
            Task = new LinearPlusSine(),
            HiddenLayers = 4,
            Width = 64,
            Initialisation = Initialisation.Kaiming,
            HiddenBias = -1,
            LearningRate = 0.02,
            Momentum = 0.9,
        },
        new("zero-bias", setup => setup with { HiddenBias = 0 }));
}
