using System.Globalization;
using Dying.Training;
using Helu;

namespace Dying.Remedies;

/// <summary>The remedies that are tried in each situation.</summary>
internal static class RemedyCatalog
{
    /// <summary>No remedy: what the others are compared with.</summary>
    public static Remedy Baseline { get; } = new("ReLU", setup => setup);

    /// <summary>From HeLU's default down to a fiftieth and up to twenty times of it.</summary>
    public static IReadOnlyList<Remedy> HeLU { get; } = [.. new[] { 0.001, 0.01, 0.05, 0.5, 1 }.Select(alpha => Swap(Kind.HeLU, alpha))];

    /// <summary>All remedies that do not depend on the situation, in the order of the tables; the baseline is not among them.</summary>
    public static IReadOnlyList<Remedy> Common { get; } =
    [
        .. HeLU,
        Swap(Kind.LeakyReLU, 0.01),
        new("Kaiming", setup => setup with { Initialisation = Initialisation.Kaiming }),
        new("BatchNorm", setup => setup with { BatchNorm = true }),
        new("lr/10", setup => setup with { LearningRate = setup.LearningRate / 10 }),
    ];

    private static Remedy Swap(Kind kind, double alpha) =>
        new($"{kind}-{alpha.ToString(CultureInfo.InvariantCulture)}", setup => setup with { Activation = new(kind, alpha) });
}
