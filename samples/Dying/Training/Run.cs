using Dying.Measuring;

namespace Dying.Training;

/// <summary>One network, trained.</summary>
/// <param name="RelativeLoss">Mean squared error on the held-out samples over that of predicting the mean; infinite where the training diverged.</param>
internal sealed record Run(string Situation, string Remedy, int Seed, NetworkState Start, NetworkState End, double RelativeLoss)
{
    /// <summary>From here on a network counts as one that failed to learn: it explains less than a tenth of the targets' variance.</summary>
    public const double FailedFrom = 0.9;

    public bool Diverged => double.IsPositiveInfinity(RelativeLoss);

    /// <summary>True of a diverged network too.</summary>
    public bool Failed => RelativeLoss >= FailedFrom;
}
