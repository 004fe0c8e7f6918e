namespace Helu.Inference.Graphs.Nodes;

/// <summary>What a pooling computes of a window.</summary>
internal enum PoolKind
{
    /// <summary>The largest element.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,
}
