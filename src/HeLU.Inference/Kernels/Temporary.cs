using Helu.Inference.Kernels.Simd;
#pragma warning disable
namespace Helu.Inference.Kernels;
internal readonly record struct ConvTransposeShape(int A);
internal sealed unsafe class ConvTransposeKernel(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ConvTransposeShape shape, SimdWidth width) { public long ScratchFloats(int batch) => 0; public void Run(float* x, int batch, float* y, float* residual, in Epilogue e, float* scratch, Workers? w) => throw new NotImplementedException(); }
