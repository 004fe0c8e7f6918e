namespace Helu.Analyzers.Risk;

/// <summary>
/// What a layer's units give over many inputs, at random weights: the mean-field view of a wide network (Poole et al., arXiv 1606.05340), kept apart
/// by unit and by input because a ReLU dies by the first.
/// </summary>
/// <param name="MeanSquare">The mean over the units of the square of their mean over the inputs.</param>
/// <param name="Variance">The mean over the units of their variance over the inputs.</param>
internal readonly record struct Signal(double MeanSquare, double Variance)
{
    /// <summary>Inputs of mean 0 and variance 1, as data that is normalised has.</summary>
    public static Signal Standard { get; } = new(0, 1);

    public static Signal operator +(Signal left, Signal right) => new(left.MeanSquare + right.MeanSquare, left.Variance + right.Variance);

    /// <summary>Through a Linear or convolution with independent weights of mean 0.</summary>
    /// <param name="gain">The variance of a weight times fan_in: 1/3 for the default of Linear and Conv, 2 for Kaiming.</param>
    /// <param name="fanIn">The inputs of a unit.</param>
    /// <param name="bias">The mean of the bias.</param>
    /// <param name="biasVariance">Its variance: 1/(3 fan_in) for the default, 0 for a constant.</param>
    public PreActivation Weighted(double gain, double fanIn, double bias, double biasVariance) =>
        new(bias, Math.Sqrt((gain * MeanSquare) + biasVariance), Math.Sqrt(gain * Variance), 1 / Math.Sqrt(2 * fanIn));
}
