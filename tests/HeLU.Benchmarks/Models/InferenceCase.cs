using Helu.Benchmarks.Onnx;
using Helu.Inference;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Benchmarks.Models;

/// <summary>One model of seeded weights on one seeded batch, in every form in which it is measured.</summary>
internal sealed class InferenceCase : IDisposable
{
    private readonly Module<Tensor, Tensor> _module;
    private readonly InferenceModel _model;
    private readonly InferenceRun _run;
    private readonly long[] _inputShape;
    private readonly Tensor _input;

    public InferenceCase(InferenceSubject subject, int batch, InferenceBackend backend = InferenceBackend.Managed)
    {
        manual_seed(1);
        _inputShape = [batch, .. subject.InputShape];
        using (Activation.Override(Kind.ReLU))
            _module = subject.Create();
        SettleStatistics(_module, subject.InputShape);
        _module.eval();
        _model = subject.Freeze(_module, new InferenceOptions { Backend = backend, InputShapes = [subject.InputShape] });
        // Every generated class has Run; no type that they share does, as its parameters are forward's.
        _run = _model.GetType().GetMethod("Run")!.CreateDelegate<InferenceRun>(_model);
        _input = TrainingStep.Normal(_inputShape);
        Input = _input.data<float>().ToArray();
        Output = new float[_model.OutputLength(batch)];
    }

    public float[] Input { get; }

    /// <summary>What <see cref="RunFrozen"/> writes.</summary>
    public float[] Output { get; }

    /// <summary>The frozen model on spans.</summary>
    public void RunFrozen() => _run(Input, Output);

    /// <summary>The frozen model on tensors.</summary>
    public void RunFrozenOnTensors()
    {
        using Tensor output = _model.forward(_input);
    }

    /// <summary>The TorchSharp model. The caller chooses <c>inference_mode</c> or <c>no_grad</c>, and <c>Activation.Override(Kind.ReLU)</c>: as if it were not annotated.</summary>
    public void RunTorch()
    {
        using Tensor output = _module.call(_input);
    }

    /// <summary>The frozen model's output.</summary>
    public float[] FrozenOutput()
    {
        RunFrozen();
        return [.. Output];
    }

    /// <summary>The frozen model's output on tensors.</summary>
    public float[] FrozenOutputOnTensors()
    {
        using Tensor output = _model.forward(_input);
        return output.data<float>().ToArray();
    }

    /// <summary>The TorchSharp model's output.</summary>
    public float[] TorchOutput()
    {
        using IDisposable off = no_grad();
        using Tensor output = _module.call(_input);
        return output.data<float>().ToArray();
    }

    /// <summary>The same weights in ONNX Runtime, on the same input.</summary>
    public OnnxSession ToOnnx(float[] output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("helu-benchmarks-");
        try
        {
            string model = Path.Combine(folder.FullName, "model.onnx");
            _model.ExportOnnx(model);
            return new OnnxSession(model, Input, _inputShape, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose()
    {
        _model.Dispose();
        _input.Dispose();
        _module.Dispose();
    }

    /// <summary>BatchNorm starts out as x, which any folding gets right: two batches give it means and variances of its own.</summary>
    private static void SettleStatistics(Module<Tensor, Tensor> module, long[] inputShape)
    {
        if (!module.buffers().Any())
            return;
        using IDisposable off = no_grad();
        module.train();
        for (int i = 0; i < 2; i++)
        {
            using Tensor x = randn([4, .. inputShape]);
            using Tensor output = module.call(x);
        }
    }
}
