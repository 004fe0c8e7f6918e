using Helu.Generators.Tests.Harness;
using Helu.Onnx.Tests.Harness;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Helu.Onnx.Tests;

/// <summary>Ordinary models, trained for a few steps, in ONNX Runtime.</summary>
public class ModelTests(ITestOutputHelper log)
{
    public static TheoryData<string> Models => [.. InferenceModel.All.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void AnExportedModelGivesWhatTheTrainedOneDoes(string name) => Check(name, 1e-4f, new OnnxOptions());

    [Theory]
    [MemberData(nameof(Models))]
    public void ItDoesWithItsBatchNormKept(string name) => Check(name, 1e-4f, new OnnxOptions { Fold = false });

    /// <summary>float16 rounds a number by up to 2^-11, 5e-4 of it; ten times that for all layers.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void InFloat16ItDoesWithinHalfAPercent(string name) => Check(name, 5e-3f, new OnnxOptions { Precision = OnnxPrecision.Float16 });

    private void Check(string name, float tolerance, OnnxOptions options)
    {
        random.manual_seed(3);
        InferenceModel model = InferenceModel.All[name];
        using InferenceProgram program = model.Compile();
        using nn.Module net = model.Create(program);
        program.Train(net, model.Inputs);

        log.WriteLine($"{Agreement.Check(net, inputs => program.Run(net, inputs), model.Inputs, options, tolerance):E1}");
    }
}
