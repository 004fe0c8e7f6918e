using Helu.Inference.Kernels.Simd;
#pragma warning disable
namespace Helu.Inference.Kernels;
internal sealed unsafe class LinearKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, int inF, int outF, SimdWidth width)
{
    readonly float[] w = weight.ToArray(), b = bias.ToArray();
    public long ScratchFloats(int rows) => 0;
    public void Run(float* x, int rows, float* y, in Epilogue e, float* residual, bool sparse, float* scratch, Workers? workers)
    {
        for (int r = 0; r < rows; r++) for (int o = 0; o < outF; o++) { float s = b.Length > 0 ? b[o] : 0; for (int i = 0; i < inF; i++) s += x[r * inF + i] * w[o * inF + i]; if (residual != null) s += residual[r * outF + o]; y[r * outF + o] = s; }
        ActivationKernel.Run(y, y, rows * outF, e, width);
    }
}
internal readonly record struct ConvTransposeShape(int A);
internal sealed unsafe class ConvTransposeKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ConvTransposeShape shape, SimdWidth width) { public long ScratchFloats(int batch) => 0; public void Run(float* x, int batch, float* y, float* residual, in Epilogue e, float* scratch, Workers? w) => throw new NotImplementedException(); }
internal sealed unsafe class PoolKernel { public void Run(float* x, int images, float* y, Workers? w) => throw new NotImplementedException(); }
