namespace Helu.Analyzers.Risk;

/// <summary>
/// From which learning rate on an optimiser kills units of a ReLU network without normalisation, as measured: 32 features, 3 hidden layers of 16 to 256
/// units, torch's default initialisation, 300 steps of batch 64, 8 to 12 seeds, mean squared error and cross-entropy; dead is a unit of the worst layer that fires for
/// no input of the data afterwards.
/// </summary>
/// <param name="Key">Its option in .editorconfig, after <c>helu.max_learning_rate.</c>.</param>
/// <param name="Rate">The rate at which about 30 % are dead.</param>
/// <param name="Shares">The dead share at that rate, at twice and at four times of it.</param>
/// <param name="IsAdaptive">Whether a step has the same size for any gradient: a unit of a wide layer then moves further, and the limit falls with the width.</param>
internal sealed record LearningRateLimit(string Key, double Rate, (double Once, double Twice, double FourTimes) Shares, bool IsAdaptive)
{
    /// <summary>The width of the measured network; narrower ones have about the same limit.</summary>
    private const double MeasuredWidth = 64;

    /// <summary>The limit falls as 1/width (measured from 64 to 256: Adam .02 to .005, RMSprop .01 to .0025); nothing is concluded beyond this width.</summary>
    private const double WidestWidth = 512;

    /// <summary>
    /// What a momentum multiplies the rate by, as an exponent of 1/(1 - momentum): between the .5 of steps that cancel out and the 1 of steps that add up.
    /// Of the measured pairs (momentum 0 to .99) this separates best those that kill 30 % from the others, with either loss.
    /// </summary>
    private const double MomentumExponent = 0.75;

    private static readonly (double Once, double Twice, double FourTimes) s_sgd = (0.35, 0.9, 0.97);
    private static readonly (double Once, double Twice, double FourTimes) s_adam = (0.35, 0.65, 0.93);
    private static readonly (double Once, double Twice, double FourTimes) s_unbiased = (0.4, 0.5, 0.5);

    private static readonly LearningRateLimit s_sgdOnSquares = new("sgd_mse", 0.3, s_sgd, IsAdaptive: false);

    private static readonly Dictionary<string, LearningRateLimit> s_limits = new(StringComparer.Ordinal)
    {
        ["SGD"] = new("sgd", 1.6, s_sgd, IsAdaptive: false),
        ["ASGD"] = new("sgd", 1.6, s_sgd, IsAdaptive: false),
        ["Adam"] = new("adam", 0.02, s_adam, IsAdaptive: true),
        ["AdamW"] = new("adam", 0.02, s_adam, IsAdaptive: true),
        ["NAdam"] = new("nadam", 0.025, s_adam, IsAdaptive: true),
        ["RAdam"] = new("radam", 0.1, s_adam, IsAdaptive: true),
        ["Adamax"] = new("adamax", 0.03, s_adam, IsAdaptive: true),
        ["RMSProp"] = new("rmsprop", 0.01, s_unbiased, IsAdaptive: true),
        ["Adagrad"] = new("adagrad", 0.07, s_unbiased, IsAdaptive: true),
    };

    /// <summary>The limit of an optimiser, named as its factory is; null where none was measured (Adadelta kills no units at any usual rate).</summary>
    /// <param name="optimiser">Its name in <c>torch.optim</c>.</param>
    /// <param name="isOnSquares">Whether the loss is the mean squared error, whose gradient grows with the error.</param>
    public static LearningRateLimit? Of(string optimiser, bool isOnSquares) =>
        !s_limits.TryGetValue(optimiser, out LearningRateLimit? limit) ? null : isOnSquares && !limit.IsAdaptive ? s_sgdOnSquares : limit;

    /// <summary>The rate that acts: what a momentum makes of it.</summary>
    public static double Effective(double rate, double momentum) => rate / Math.Pow(1 - momentum, MomentumExponent);

    /// <summary>The limit for a network whose widest hidden Linear layer has <paramref name="width"/> units; null where it has none.</summary>
    /// <param name="rate">The limit at a width of 64.</param>
    public double At(double rate, long? width) => IsAdaptive && width is { } units ? rate * MeasuredWidth / Math.Max(MeasuredWidth, Math.Min(units, WidestWidth)) : rate;

    /// <summary>The part of the limit to recommend: there SGD killed up to 10 % of the units in the measurements, the adaptive optimisers up to 20 %.</summary>
    public double SafePart => IsAdaptive ? 0.2 : 0.5;

    /// <summary>The dead share expected at <paramref name="times"/> the limit, 1 or more.</summary>
    public double DeadShare(double times)
    {
        double doublings = Math.Min(Math.Log(times, 2), 2);
        return doublings <= 1
            ? Shares.Once + (doublings * (Shares.Twice - Shares.Once))
            : Shares.Twice + ((doublings - 1) * (Shares.FourTimes - Shares.Twice));
    }
}
