namespace Helu.Onnx;

/// <summary>How a model is exported to ONNX.</summary>
public sealed record OnnxOptions
{
    /// <summary>
    /// The most bytes of weights that fit into the model's own file, and the default of <see cref="ExternalDataThreshold"/>: the format ends at 2 GiB, the graph included.
    /// </summary>
    public const long MaxInlineBytes = 2_000_000_000;

    /// <summary>Whether BatchNorm is folded into the Linear or convolution before it, as inference does; false: it stays a BatchNormalization node, with weights as in the state dict.</summary>
    public bool Fold { get; init; } = true;

    /// <summary>The type of the weights; float32 by default.</summary>
    public OnnxPrecision Precision { get; init; }

    /// <summary>
    /// The shape of one sample of each input, without the batch: <c>[[3, 224, 224]]</c>. Null: a frozen model's own; of a TorchSharp model those that its weights leave as the one possibility.
    /// </summary>
    public long[][]? InputShapes { get; init; }

    /// <summary>
    /// More bytes of weights than this go into a second file beside the model's, of its name with <c>.data</c> added, which has to stay there. 0 to <see cref="MaxInlineBytes"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of this range.</exception>
    public long ExternalDataThreshold
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxInlineBytes);
            field = value;
        }
    }

    = MaxInlineBytes;
}
