namespace Helu.Benchmarks.Training;

/// <summary>How a model of one text is trained.</summary>
internal enum TrainingForm
{
    /// <summary>Plain TorchSharp with ReLU.</summary>
    Relu,

    /// <summary>Annotated with HeLU and called as it is: its calls are intercepted.</summary>
    Intercepted,

    /// <summary>Annotated with HeLU and run by its fused training module.</summary>
    Fused,

    /// <summary>HeLU written by hand as a <c>SingleTensorFunction</c>.</summary>
    Function,
}
