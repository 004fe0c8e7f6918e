namespace Helu.Inference.Weights;

/// <summary>What a safetensors header says about one tensor: row-major elements at bytes [Begin, End) of the byte buffer.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Dtype">Its element type.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record TensorEntry(string Name, SafetensorsDtype Dtype, long[] Shape, long Begin, long End)
{
    /// <summary>The number of elements: the product of the sizes.</summary>
    public long Count => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The shape as PyTorch prints it: [2, 3].</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
