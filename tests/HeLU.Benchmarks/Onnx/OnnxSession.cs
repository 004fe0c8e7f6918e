using Microsoft.ML.OnnxRuntime;

namespace Helu.Benchmarks.Onnx;

/// <summary>A model in ONNX Runtime as it runs fastest on one thread: every graph optimisation, input and output bound once to memory that stays.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <param name="model">An exported file of one input.</param>
    /// <param name="input">Read by each run; pinned until this is disposed.</param>
    /// <param name="inputShape">Batch included.</param>
    /// <param name="output">Written by each run; pinned too.</param>
    public OnnxSession(string model, float[] input, long[] inputShape, float[] output)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        // The exported batch is open; fixed, the runtime plans for it.
        options.AddFreeDimensionOverrideByName("batch", inputShape[0]);
        _session = new InferenceSession(model, options);
        _input = OrtValue.CreateTensorValueFromMemory(input, inputShape);
        _output = OrtValue.CreateTensorValueFromMemory(output, [inputShape[0], .. _session.OutputMetadata[_session.OutputNames[0]].Dimensions[1..].Select(size => (long)size)]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(_session.InputNames[0], _input);
        _binding.BindOutput(_session.OutputNames[0], _output);
    }

    public void Run() => _session.RunWithBinding(_run, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
