using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Kernels;

/// <summary>A pooling layer: max_pool, avg_pool, adaptive_max_pool or adaptive_avg_pool, 1-d (as height 1) or 2-d, for one input size and any batch.</summary>
internal sealed unsafe class PoolKernel
{
    private readonly PoolPath _path;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is not a width.</exception>
    public PoolKernel(PoolShape shape, SimdWidth width)
    {
        Shape = shape;
        _path = width switch
        {
            SimdWidth.Vector512 => Path<Simd512, Vector512<float>>(shape),
            SimdWidth.Vector256 => Path<Simd256, Vector256<float>>(shape),
            SimdWidth.Vector128 => Path<Simd128, Vector128<float>>(shape),
            SimdWidth.Scalar => Path<SimdScalar, float>(shape),
            _ => throw new ArgumentOutOfRangeException(nameof(width), width, "Not a width."),
        };
    }

    public PoolShape Shape { get; }

    /// <summary>Computes the layer. Allocates nothing. The result does not depend on the number of threads.</summary>
    /// <param name="x">[batch, Channels, H, W].</param>
    /// <param name="batch">Images.</param>
    /// <param name="y">[batch, Channels, Rows.Count, Columns.Count]; does not overlap x.</param>
    /// <param name="workers">The threads that share the work; null for the caller alone.</param>
    public void Run(float* x, int batch, float* y, Workers? workers)
    {
        PoolCall call = new() { Kernel = this, Input = x, Output = y, Planes = batch * Shape.Channels };
        if (workers is { Count: > 1 })
            workers.Run(&RunShare, Unsafe.AsPointer(ref call));
        else
            _path.Run(x, y, call.Planes);
    }

    private static void RunShare(void* state, int member, int members)
    {
        // The call stands on the stack of the thread that made it, which waits for all members.
        ref PoolCall call = ref Unsafe.AsRef<PoolCall>(state);
        PoolShape shape = call.Kernel.Shape;
        int first = (int)((long)call.Planes * member / members);
        int end = (int)((long)call.Planes * (member + 1) / members);
        call.Kernel._path.Run(call.Input + (first * (nint)shape.Input.Area), call.Output + ((nint)first * shape.Rows.Count * shape.Columns.Count), end - first);
    }

    private static PoolPath Path<TSimd, V>(PoolShape shape)
        where TSimd : ISimd<V>
        where V : unmanaged =>
        shape.IsAverage ? new PoolPlanes<TSimd, V, PoolOperation.Average>(shape) : new PoolPlanes<TSimd, V, PoolOperation.Max>(shape);
}
