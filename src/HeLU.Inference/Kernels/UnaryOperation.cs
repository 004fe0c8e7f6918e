namespace Helu.Inference.Kernels;

/// <summary>The operations on one tensor that are no activations, with PyTorch's names.</summary>
internal enum UnaryOperation
{
    /// <summary>-x.</summary>
    Neg,

    /// <summary>|x|.</summary>
    Abs,

    /// <summary>e^x.</summary>
    Exp,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>√x.</summary>
    Sqrt,

    /// <summary>x².</summary>
    Square,
}
