using Helu;

namespace Digits.Training;

/// <summary>One line of the table: an activation that takes the place of the model's ReLUs.</summary>
internal sealed record Configuration(Kind Kind, double? Alpha = null)
{
    public string Name => Alpha is { } alpha ? FormattableString.Invariant($"{Kind} {alpha:0.######}") : Kind.ToString();

    /// <summary>ReLU, HeLU with each alpha, GELU.</summary>
    public static IReadOnlyList<Configuration> Compared(IEnumerable<double> alphas) =>
        [new(Kind.ReLU), .. alphas.Distinct().Select(alpha => new Configuration(Kind.HeLU, alpha)), new(Kind.GELU)];
}
