namespace Helu.Analyzers.Evidence.Cases;

/// <summary>A folder of the corpus: what its programs are about. The programs of a rule's area are risky and near-miss ones.</summary>
/// <param name="Name">The folder.</param>
/// <param name="Rule">The rule that its risky programs are meant for; null for healthy programs.</param>
internal sealed record Area(string Name, string? Rule)
{
    /// <summary>Well-known architectures, initialised or normalised as their authors do: no rule may speak there.</summary>
    public const string Controls = "Controls";

    public static IReadOnlyList<Area> All { get; } =
    [
        new("BornDead", "HELU1001"),
        new("DeepDefault", "HELU1002"),
        new("NegativeBias", "HELU1003"),
        new("ConstantWeights", "HELU1004"),
        new("LearningRate", "HELU1005"),
        new("OutputReLU", "HELU1006"),
        new("LogitReLU", "HELU1007"),
        new("WeightDecay", "HELU1008"),
        new("Healthy", null),
        new(Controls, null),
    ];
}
