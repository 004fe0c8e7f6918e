namespace Helu.Inference.Kernels;

/// <summary>One call of a pooling kernel, shared by the threads that work on it.</summary>
internal unsafe struct PoolCall
{
    public PoolKernel Kernel;

    public float* Input;

    public float* Output;

    /// <summary>Planes, of all channels of all images.</summary>
    public int Planes;
}
