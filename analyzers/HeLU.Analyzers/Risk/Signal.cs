namespace Helu.Analyzers.Risk;

/// <summary>
/// What a layer's units give over many inputs, at random weights: the mean-field view of a wide network (Poole et al., arXiv 1606.05340; Schoenholz et al.,
/// arXiv 1611.01232), kept apart by unit and by input because a ReLU dies by the first.
/// </summary>
/// <param name="MeanSquare">The mean over the units of the square of their mean over the inputs.</param>
/// <param name="Variance">The mean over the units of their variance over the inputs.</param>
/// <param name="Breadth">The narrowest layer that it came through; infinite for data.</param>
internal readonly record struct Signal(double MeanSquare, double Variance, double Breadth)
{
    /// <summary>How many inputs are looked at: a unit is dead that none of them makes fire.</summary>
    private const double Inputs = 1024;

    /// <summary>How many of a channel's places count as independent inputs, as measured with stacks of 3x3 convolutions on 16x16 images.</summary>
    private const double Places = 64;

    /// <summary>
    /// The least variance of a padded convolution relative to the square of its mean: at the border a part of the mean is missing, which keeps some channels
    /// of a deep stack alive that a Linear stack loses (.38 to .44 dead rather than .5, measured).
    /// </summary>
    private const double BorderVariance = 1.0 / 300;

    /// <summary>How many units' worth of breadth an input feature has, fitted to inputs of 1 to 8 features; and a channel, whose neighbouring places differ.</summary>
    private const double FeatureBreadth = 4;

    /// <summary>Inputs of mean 0 and variance 1, as data that is normalised has.</summary>
    public static Signal Standard { get; } = new(0, 1, double.PositiveInfinity);

    /// <summary>Of two independent parts.</summary>
    public static Signal operator +(Signal left, Signal right) =>
        new(left.MeanSquare + right.MeanSquare, left.Variance + right.Variance, Math.Max(left.Breadth, right.Breadth));

    /// <summary>Through a Linear with independent weights of mean 0.</summary>
    /// <param name="gain">The variance of a weight times fan_in: 1/3 for the default of Linear and Conv, 2 for Kaiming.</param>
    /// <param name="fanIn">The inputs of a unit.</param>
    /// <param name="bias">The mean of the bias.</param>
    /// <param name="biasVariance">Its variance, uniform around the mean: 1/(3 fan_in) for the default, 0 for a constant.</param>
    public PreActivation Weighted(double gain, double fanIn, double bias, double biasVariance) =>
        new(bias, Math.Sqrt((gain * MeanSquare) + biasVariance), Math.Sqrt(gain * Variance), Math.Min(Breadth, FeatureBreadth * fanIn), Inputs, Math.Sqrt(3 * biasVariance));

    /// <summary>Through a convolution: a unit is a channel, and fires where any of its places does.</summary>
    /// <param name="isPadded">Whether places at the border see less of the input than others.</param>
    public PreActivation Convolved(double gain, double fanIn, double bias, double biasVariance, bool isPadded)
    {
        PreActivation weighted = Weighted(gain, fanIn, bias, biasVariance);
        double least = isPadded ? weighted.Spread * Math.Sqrt(BorderVariance) : 0;
        return weighted with { Deviation = Math.Max(weighted.Deviation, least), Samples = Inputs * Places, Breadth = FeatureBreadth * weighted.Breadth };
    }

    /// <summary>Through BatchNorm or InstanceNorm: each unit has mean beta and deviation gamma.</summary>
    public PreActivation NormalisedByUnit(double gamma, double beta) => new(beta, 0, Math.Abs(gamma), Breadth, Inputs);

    /// <summary>Through LayerNorm or GroupNorm: an input's units together have mean beta and deviation gamma, each unit keeps its own mean.</summary>
    public PreActivation NormalisedByInput(double gamma, double beta)
    {
        double square = MeanSquare + Variance;
        return square > 0 ? new(beta, Math.Abs(gamma) * Math.Sqrt(MeanSquare / square), Math.Abs(gamma) * Math.Sqrt(Variance / square), Breadth, Inputs) : new(beta, 0, 0, Breadth, Inputs);
    }
}
