namespace Helu.Inference;

/// <summary>How a model is frozen or loaded.</summary>
public sealed record InferenceOptions
{
    /// <summary>What computes; the managed kernels by default.</summary>
    public InferenceBackend Backend { get; init; }

    /// <summary>
    /// The shape of one sample of each input, without the batch: <c>[[3, 224, 224]]</c>. Null: as stored in the file, or told from the weights where
    /// they leave one possibility.
    /// </summary>
    public long[][]? InputShapes { get; init; }

    /// <summary>Threads that one run uses, the caller's included: 1 or more. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int Threads
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

    = 1;
}
