namespace Helu.Inference;

/// <summary>What computes a frozen model.</summary>
public enum InferenceBackend
{
    /// <summary>The managed kernels of this package, on the CPU. Needs no TorchSharp.</summary>
    Managed = 0,

    /// <summary>libtorch, on the device that the model is on. Needs the package HeLU.</summary>
    Torch = 1,
}
