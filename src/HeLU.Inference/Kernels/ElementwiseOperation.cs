namespace Helu.Inference.Kernels;

/// <summary>The operations on two tensors, with PyTorch's names.</summary>
internal enum ElementwiseOperation
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Sub,

    /// <summary>a·b.</summary>
    Mul,

    /// <summary>a/b.</summary>
    Div,

    /// <summary>The larger; NaN where either is NaN.</summary>
    Maximum,

    /// <summary>The smaller; NaN where either is NaN.</summary>
    Minimum,
}
