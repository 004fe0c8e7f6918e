using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Helu.Onnx.Tests.Harness;

/// <summary>A model in ONNX Runtime. It is checked as strictly as the runtime can, and a warning fails the test.</summary>
internal sealed class OnnxRun : IDisposable
{
    private static readonly ConcurrentQueue<string> s_log = new();

    // Kept: native code calls it as long as the process lives.
    private static readonly DOrtLoggingFunction s_logger = (_, severity, category, _, location, message) => s_log.Enqueue($"{severity} {category} {location}: {message}");

    public OnnxRun(string path)
    {
        s_log.Clear();
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        Session = new InferenceSession(path, options);
        Assert.Empty(s_log);
    }

    public InferenceSession Session { get; }

    /// <summary>The log goes through the environment, of which a process has one: it is made before any session.</summary>
    [ModuleInitializer]
    internal static void CatchLog()
    {
        var options = new EnvironmentCreationOptions { logId = "tests", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, loggingFunction = s_logger };
        _ = OrtEnv.CreateInstanceWithOptions(ref options);
    }

    public (float[] Data, long[] Shape) Run(params Tensor[] inputs)
    {
        OrtValue[] values = [.. inputs.Select(Value)];
        try
        {
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = Session.Run(run, Session.InputNames, values, Session.OutputNames);
            OrtValue output = Assert.Single(outputs);
            Assert.Empty(s_log);
            return (output.GetTensorDataAsSpan<float>().ToArray(), output.GetTensorTypeAndShape().Shape);
        }
        finally
        {
            foreach (OrtValue value in values)
                value.Dispose();
        }
    }

    public void Dispose() => Session.Dispose();

    private static OrtValue Value(Tensor input) => input.dtype == ScalarType.Int64
        ? OrtValue.CreateTensorValueFromMemory(input.data<long>().ToArray(), input.shape)
        : OrtValue.CreateTensorValueFromMemory(input.data<float>().ToArray(), input.shape);
}
