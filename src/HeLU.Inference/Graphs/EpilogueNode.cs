using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs;

/// <summary>A node whose output can go through an activation before it is stored.</summary>
internal abstract class EpilogueNode(long[] outputShape, params Value[] inputs) : Node(outputShape, inputs)
{
    public Epilogue Epilogue { get; set; }
}
