using Helu.Generators.Tests.Harness;
using static TorchSharp.torch;

namespace Helu.Generators.Tests;

/// <summary>Ordinary models, as TorchSharp's users write them, against their generated inference classes.</summary>
public class InferenceModelTests
{
    public static TheoryData<string> Models => [.. InferenceModel.All.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void ATrainedModelAndItsInferenceClassGiveTheSame(string name)
    {
        random.manual_seed(3);
        InferenceModel model = InferenceModel.All[name];
        using InferenceProgram program = model.Compile();
        using nn.Module net = model.Create(program);

        program.Train(net, model.Inputs);
        program.AssertSame(net, model.Inputs, 1, 3, 64);
    }
}
