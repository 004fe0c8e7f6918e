namespace Digits.Training;

/// <summary>One model, trained.</summary>
/// <param name="TestAccuracy">After the last epoch, 0 to 1.</param>
/// <param name="Snapshots">Before training and after each epoch: one more than epochs.</param>
/// <param name="EpochTimes">Training alone, without taking the snapshots.</param>
internal sealed record Run(Configuration Configuration, int Seed, double TestAccuracy, IReadOnlyList<Snapshot> Snapshots, IReadOnlyList<TimeSpan> EpochTimes);

/// <summary>A model on the whole training set, weights at rest.</summary>
/// <param name="Loss">Mean cross-entropy of an image, in nats.</param>
/// <param name="Layers">The hidden layers in order.</param>
internal sealed record Snapshot(double Loss, IReadOnlyList<LayerUnits> Layers)
{
    /// <summary>Share of dead units among all hidden units, 0 to 1.</summary>
    public double DeadShare => Layers.Sum(layer => layer.Dead) / (double)Layers.Sum(layer => layer.Count);
}

/// <summary>The units (channels of a convolution) of one hidden layer.</summary>
/// <param name="Dead">How many were never above 0.</param>
internal sealed record LayerUnits(string Name, long Count, long Dead)
{
    public double DeadShare => Dead / (double)Count;
}
