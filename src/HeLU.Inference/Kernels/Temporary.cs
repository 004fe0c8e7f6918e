using Helu.Inference.Kernels.Simd;
#pragma warning disable
namespace Helu.Inference.Kernels;
internal sealed class Workers(int threads) : IDisposable { public void Dispose() { } }
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
internal static unsafe class ActivationKernel { public static void Run(float* x, float* y, long n, in Epilogue e, SimdWidth w) { for (long i = 0; i < n; i++) y[i] = e.Function switch { ActivationFunction.None => x[i], ActivationFunction.ReLU => MathF.Max(0, x[i]), ActivationFunction.SiLU => x[i] / (1 + MathF.Exp(-x[i])), ActivationFunction.Tanh => MathF.Tanh(x[i]), _ => throw new NotImplementedException() }; } }
internal readonly record struct ConvShape(int A);
internal readonly record struct ConvTransposeShape(int A);
internal sealed unsafe class ConvKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ConvShape shape, SimdWidth width) { public long ScratchFloats(int batch) => 0; public void Run(float* x, int batch, float* y, float* residual, in Epilogue e, float* scratch, Workers? w) => throw new NotImplementedException(); }
internal sealed unsafe class ConvTransposeKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ConvTransposeShape shape, SimdWidth width) { public long ScratchFloats(int batch) => 0; public void Run(float* x, int batch, float* y, float* residual, in Epilogue e, float* scratch, Workers? w) => throw new NotImplementedException(); }
internal sealed unsafe class PoolKernel { public void Run(float* x, int images, float* y, Workers? w) => throw new NotImplementedException(); }
internal static unsafe class LayerNormKernel { public static void Run(float* x, float* y, int rows, int n, float* w, float* b, float eps, SimdWidth width) => throw new NotImplementedException(); }
internal static unsafe class GroupNormKernel { public static void Run(float* x, float* y, int batch, int channels, int positions, int groups, float* w, float* b, float eps, SimdWidth width) => throw new NotImplementedException(); }
internal static unsafe class ChannelAffineKernel { public static void Run(float* x, float* scale, float* shift, float* y, int batch, int channels, int positions, in Epilogue e, SimdWidth width) { for(int i=0;i<batch*channels*positions;i++){int c=i/positions%channels; y[i]=x[i]*scale[c]+shift[c];} } }
internal static unsafe class SoftmaxKernel { public static void Run(float* x, float* y, int outer, int n, int inner, bool isLog, SimdWidth width) => throw new NotImplementedException(); }
internal enum BinaryOperation { Add, Subtract, Multiply, Divide, Maximum, Minimum }
internal enum UnaryOperation { Abs, Exp, Sqrt }
internal sealed unsafe class ElementwiseKernel(BinaryOperation op, long[] a, long[] b, SimdWidth width) { public void Run(float* x, float* y, float* z, in Epilogue e) { long n=1; foreach(var d in a) n*=d; for(long i=0;i<n;i++) z[i]=op==BinaryOperation.Add?x[i]+y[i]:op==BinaryOperation.Subtract?x[i]-y[i]:x[i]*y[i]; ActivationKernel.Run(z,z,n,e,width);} }
internal static unsafe class ScalarKernel { public static void Run(BinaryOperation op, float* x, float s, bool first, float* y, long n, in Epilogue e, SimdWidth width) { for(long i=0;i<n;i++) y[i]=op==BinaryOperation.Add?x[i]+s:x[i]*s; ActivationKernel.Run(y,y,n,e,width);} }
internal static unsafe class UnaryKernel { public static void Run(UnaryOperation op, float* x, float* y, long n, SimdWidth width) => throw new NotImplementedException(); }
internal sealed unsafe class PermuteKernel(long[] shape, int[] order, SimdWidth width) { public void Run(float* x, float* y) => throw new NotImplementedException(); }
internal static unsafe class CopyKernel { public static void Blocks(float* x, long xStride, float* y, long yStride, long count, long length) { for (long i = 0; i < count; i++) new Span<float>(x + i * xStride, (int)length).CopyTo(new Span<float>(y + i * yStride, (int)length)); } }
internal sealed unsafe class UpsampleKernel { public void Run(float* x, int images, float* y) => throw new NotImplementedException(); }
internal static unsafe class EmbeddingKernel { public static void Run(long* ids, int count, float* table, int rows, int n, float* y) => throw new NotImplementedException(); }
internal sealed unsafe class ReduceKernel(long[] shape, bool[] mask, bool mean, SimdWidth width) { public void Run(float* x, float* y) { for(int i=0;i<shape[0];i++){ y[i]=0; for(int j=0;j<shape[1];j++) y[i]+=x[i*shape[1]+j]; } } }
