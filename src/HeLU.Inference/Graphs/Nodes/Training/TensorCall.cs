namespace Helu.Inference.Graphs.Nodes.Training;

/// <summary>Operations of one tensor that inference needs no node of their own for.</summary>
internal enum TensorCall
{
    /// <summary>-x.</summary>
    Negate,

    /// <summary>x².</summary>
    Square,

    /// <summary>x without its gradient.</summary>
    Detach,

    /// <summary>x, row-major in memory.</summary>
    Contiguous,
}
