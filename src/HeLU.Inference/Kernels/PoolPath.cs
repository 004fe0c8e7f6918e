namespace Helu.Inference.Kernels;

/// <summary>Pooling in one vector width.</summary>
internal abstract unsafe class PoolPath
{
    /// <summary>Pools <paramref name="planes"/> planes [H, W] that lie one behind the other.</summary>
    public abstract void Run(float* input, float* output, int planes);
}
