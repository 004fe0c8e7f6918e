using Dying.Training;

namespace Dying.Situations;

/// <summary>One step that is too large takes units to where they give 0 for every input.</summary>
internal static class PlainRate
{
    public static Situation Situation { get; } = new(
        "large-rate",
        "plain SGD with a learning rate of 0.5",
        "CS231n, HELU1005",
        new Setup
        {
            Task = new LinearPlusSine(),
            HiddenLayers = 3,
            Width = 64,
            LearningRate = 0.5,
        });
}
