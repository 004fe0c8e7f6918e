namespace Dying.Training;

/// <summary>All that decides what a seed's network is and how it is trained, with plain SGD on the mean squared error.</summary>
internal sealed record Setup
{
    public required RegressionTask Task { get; init; }

    public required int HiddenLayers { get; init; }

    /// <summary>Units in each hidden layer.</summary>
    public required int Width { get; init; }

    public required double LearningRate { get; init; }

    public double Momentum { get; init; }

    public int Steps { get; init; } = 300;

    public int BatchSize { get; init; } = 64;

    public ActivationChoice Activation { get; init; } = new(Helu.Kind.ReLU);

    public Initialisation Initialisation { get; init; } = Initialisation.Default;

    /// <summary>What the biases of the hidden layers are filled with; null: what <see cref="Initialisation"/> gives.</summary>
    public double? HiddenBias { get; init; }

    /// <summary>BatchNorm between each hidden layer and its activation.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>The only output goes through a ReLU too.</summary>
    public bool OutputReLU { get; init; }
}
