using Helu.Inference.Kernels;
using Helu.Inference.Kernels.Simd;

namespace Helu.Inference.Tests.Kernels;

/// <summary>A convolution with random weights and input, and its result by the formula.</summary>
internal sealed unsafe class ConvTestLayer
{
    private readonly ConvShape _shape;
    private readonly int _batch;
    private readonly GuardedFloats _weight;
    private readonly GuardedFloats _bias;
    private readonly GuardedFloats _input;
    private readonly GuardedFloats? _residual;

    public ConvTestLayer(ConvShape shape, int batch, bool bias = true, bool residual = false)
    {
        Random random = new(shape.GetHashCode() & 0xFFFF);
        _shape = shape;
        _batch = batch;
        _weight = GuardedFloats.Random((long)shape.OutChannels * shape.Depth, random);
        _bias = GuardedFloats.Random(bias ? shape.OutChannels : 0, random);
        _input = GuardedFloats.Random(shape.InputFloats(batch), random);
        _residual = residual ? GuardedFloats.Random(shape.OutputFloats(batch), random) : null;
        Expected = ConvReference.Run(shape, _weight.Span, _bias.Span, _input.Span, batch, _residual is null ? [] : _residual.Span);
    }

    /// <summary>By the formula, before the activation.</summary>
    public double[] Expected { get; }

    public ConvKernel Kernel(ConvAlgorithm algorithm, SimdWidth width) =>
        new(new ConvPackedWeights(_weight.Span, _bias.Span, _shape, algorithm, width), _shape);

    /// <summary>Runs the kernel and checks that it wrote where it may.</summary>
    public float[] Run(ConvKernel kernel, Epilogue epilogue = default, Workers? workers = null, bool residualIsOutput = false)
    {
        GuardedFloats output = new(_shape.OutputFloats(_batch));
        GuardedFloats scratch = new(kernel.ScratchFloats(_batch));
        float* residual = _residual == null ? null : _residual.Pointer;
        if (residualIsOutput)
        {
            _residual!.Span.CopyTo(output.Span);
            residual = output.Pointer;
        }

        kernel.Run(_input.Pointer, _batch, output.Pointer, residual, epilogue, scratch.Pointer, workers);
        output.AssertGuards();
        scratch.AssertGuards();
        return output.Span.ToArray();
    }

    /// <summary>Asserts that <paramref name="actual"/> is act(<see cref="Expected"/>) but for 1e-5 of the largest output.</summary>
    public void AssertExpected(float[] actual, Func<double, double>? activation = null)
    {
        double scale = Math.Max(1, Expected.Max(Math.Abs));
        for (int i = 0; i < actual.Length; i++)
        {
            double expected = activation is null ? Expected[i] : activation(Expected[i]);
            if (!(Math.Abs(actual[i] - expected) <= 1e-5 * scale))
                Assert.Fail($"{_shape}, batch {_batch}: output {i} is {actual[i]}, not {expected}.");
        }
    }
}
