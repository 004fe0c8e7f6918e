using Helu.Onnx.Schema;

namespace Helu.Onnx;

/// <summary>A model in the format's form, its weights beside it.</summary>
/// <param name="Proto">Complete but for the weights' data.</param>
/// <param name="Weights">The tensors of <paramref name="Proto"/> that still lack their data, and it.</param>
internal sealed record OnnxModel(ModelProto Proto, IReadOnlyList<(TensorProto Tensor, float[] Data)> Weights)
{
    /// <summary>What the weights take in the file.</summary>
    public long WeightBytes => Weights.Sum(weight => TensorBytes.Length(weight.Tensor, weight.Data));
}
