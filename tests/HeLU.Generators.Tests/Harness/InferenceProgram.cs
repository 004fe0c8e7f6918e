using Helu.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Generators.Tests.Harness;

/// <summary>A user program with a model class, its generated inference class, and a way to run both.</summary>
internal sealed class InferenceProgram : IDisposable
{
    private readonly SwappedProgram _program;
    private readonly bool[] _ids;

    /// <param name="source">The program; its usings come first.</param>
    /// <param name="model">The model class, partial.</param>
    /// <param name="ids">For each input whether it holds ids; one input of floats by default.</param>
    public InferenceProgram(string source, string model, params bool[] ids)
    {
        _ids = ids.Length == 0 ? [false] : ids;
        Assert.Equal("", ForwardReadings.Problems(Programs.Compilation(source), model));
        _program = new SwappedProgram(source, Runner(model));
    }

    public IReadOnlyList<string> Generated => _program.Generated;

    /// <summary>The generated inference file of a class.</summary>
    public string InferenceFile(string model) => Generated.Single(text => text.Contains($"// What {model} computes at inference", StringComparison.Ordinal));

    public nn.Module Create(string type, params object?[] arguments) => _program.Create<nn.Module>(type, arguments);

    public nn.Module Call(string type, string factory, params object?[] arguments) => _program.Call<nn.Module>(type, factory, arguments);

    /// <summary>The model's own output.</summary>
    public Tensor Run(nn.Module model, params Tensor[] inputs) => _program.Call<Tensor>("Runner", "Run", model, inputs);

    /// <summary>A few steps of SGD, so that weights and running statistics are not those of a new model.</summary>
    public void Train(nn.Module model, Func<int, Tensor[]> inputs)
    {
        model.train();
        TorchSharp.Modules.Parameter[] parameters = [.. model.parameters()];
        using var optimizer = parameters.Length == 0 ? null : optim.SGD(parameters, 0.01);
        for (int step = 0; step < 3; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer?.zero_grad();
            Tensor loss = Run(model, inputs(8)).square().mean();
            if (loss.requires_grad)
                loss.backward();
            optimizer?.step();
        }
    }

    /// <summary>Asserts that the frozen model gives, on both backends, what the model gives in eval mode, for each batch size.</summary>
    public void AssertSame(nn.Module model, Func<int, Tensor[]> inputs, params int[] batches)
    {
        model.eval();
        foreach (InferenceBackend backend in Enum.GetValues<InferenceBackend>())
        {
            using var inference = (IDisposable)_program.Call<object>("Runner", "Freeze", model, Options(inputs) with { Backend = backend });
            AssertSame(inference, model, inputs, batches);
        }
    }

    /// <summary>Asserts that what is loaded from the model's state dict gives what the model gives in eval mode.</summary>
    public void AssertLoads(nn.Module model, Func<int, Tensor[]> inputs, params int[] batches)
    {
        model.eval();
        string path = Path.GetTempFileName();
        try
        {
            StateDictFile.Write(path, model);
            using var inference = (IDisposable)_program.Call<object>("Runner", "Load", path, Options(inputs));
            AssertSame(inference, model, inputs, batches);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose() => _program.Dispose();

    private static InferenceOptions Options(Func<int, Tensor[]> inputs) => new() { InputShapes = [.. inputs(1).Select(input => input.shape[1..])] };

    private void AssertSame(IDisposable inference, nn.Module model, Func<int, Tensor[]> inputs, int[] batches)
    {
        foreach (int batch in batches)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable no_gradients = no_grad();
            Tensor[] given = inputs(batch);
            object[] arrays = [.. given.Select((input, index) => _ids[index] ? (object)input.data<long>().ToArray() : input.data<float>().ToArray())];
            float[] actual = _program.Call<float[]>("Runner", "Infer", [inference, batch, .. arrays]);
            float[] expected = [.. Run(model, given).contiguous().data<float>()];
            AssertClose(expected, actual, $"batch {batch}");
        }
    }

    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        float scale = expected.Max(Math.Abs);
        Assert.True(float.IsFinite(scale) && scale > 0, what);
        float error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(error <= 1e-4f * scale, $"{what}: off by {error} where the largest is {scale}");
    }

    private string Runner(string model)
    {
        string[] types = [.. _ids.Select(isIds => isIds ? "long[]" : "float[]")];
        string parameters = string.Concat(types.Select((type, index) => $", {type} x{index}"));
        string arguments = string.Concat(types.Select((_, index) => $"x{index}, "));
        string calls = string.Join(", ", types.Select((_, index) => $"x[{index}]"));
        return
            $$"""
            using TorchSharp;
            internal static class Runner
            {
                public static torch.Tensor Run({{model}} model, torch.Tensor[] x) => model.call({{calls}});
                public static {{model}}Inference Freeze({{model}} model, Helu.Inference.InferenceOptions options) => model.ToInference(options);
                public static {{model}}Inference Load(string path, Helu.Inference.InferenceOptions options) => {{model}}Inference.Load(path, options);
                public static float[] Infer({{model}}Inference model, int batch{{parameters}})
                {
                    var y = new float[model.OutputLength(batch)];
                    model.Run({{arguments}}y);
                    return y;
                }
            }
            """;
    }
}
