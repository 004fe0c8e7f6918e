namespace Helu.Onnx;

/// <summary>The type of floats that an exported model's weights have and its nodes compute in.</summary>
public enum OnnxPrecision
{
    /// <summary>32 bits.</summary>
    Float32 = 0,

    /// <summary>
    /// 16 bits: half the file, and what GPUs are fastest with. Inputs and outputs stay float32, with a Cast behind and before them, so that a caller changes nothing.
    /// </summary>
    Float16 = 1,
}
