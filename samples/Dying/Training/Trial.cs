namespace Dying.Training;

/// <summary>A network that is to be trained.</summary>
internal sealed record Trial(string Situation, string Remedy, int Seed, Setup Setup)
{
    /// <inheritdoc cref="Trainer.Train"/>
    public Run Execute(CancellationToken token)
    {
        (Measuring.NetworkState start, Measuring.NetworkState end, double relativeLoss) = Trainer.Train(Setup, Seed, token);
        return new(Situation, Remedy, Seed, start, end, relativeLoss);
    }
}
