namespace Helu.Inference.Kernels.Simd;

/// <summary>One call of a kernel with its arguments, before the width is known.</summary>
internal interface ISimdKernel
{
    void Run<TSimd, V>()
        where TSimd : ISimd<V>
        where V : unmanaged;
}
