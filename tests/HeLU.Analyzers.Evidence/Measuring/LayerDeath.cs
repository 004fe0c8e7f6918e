namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>The share of dead units of one ReLU layer of a case, mean over seeds.</summary>
internal sealed record LayerDeath(int Line, int Call, long Units, double AtInitialisation, double Trained)
{
    public double Worst => Math.Max(AtInitialisation, Trained);
}
