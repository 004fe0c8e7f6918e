using System.Reflection;
using Helu.Generators.Tests;
using Helu.Generators.Tests.Harness;
using Helu.Onnx.Tests.Harness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Onnx.Tests;

/// <summary>Everything that a forward may hold, in ONNX Runtime: the cases of the inference tests, and those that ONNX has no single operation for.</summary>
public sealed class ForwardTests(ForwardTests.Programs programs) : IClassFixture<ForwardTests.Programs>
{
    public static TheoryData<int> Indices => [.. Enumerable.Range(0, ForwardCase.All.Count)];

    public static TheoryData<int> WithBatchNorm =>
        [.. Enumerable.Range(0, ForwardCase.All.Count).Where(index => ForwardCase.All[index].Members.Contains("BatchNorm", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Indices))]
    public void AForwardIsTheSame(int index) => Check(index, 1e-4f, new OnnxOptions());

    [Theory]
    [MemberData(nameof(WithBatchNorm))]
    public void WithBatchNormKeptItIsTheSame(int index) => Check(index, 1e-4f, new OnnxOptions { Fold = false });

    [Theory]
    [MemberData(nameof(Indices))]
    public void InFloat16ItIsTheSameWithinHalfAPercent(int index) => Check(index, 5e-3f, new OnnxOptions { Precision = OnnxPrecision.Float16 });

    private void Check(int index, float tolerance, OnnxOptions options)
    {
        random.manual_seed(5);
        using Module<Tensor, Tensor> net = programs.Create(index);
        Settle(net);
        Agreement.Check(net, inputs => net.call(inputs[0].clone()), batch => [randn([batch, .. ForwardCase.All[index].Shape])], options, tolerance);
    }

    /// <summary>Gives normalisations weights and statistics that are not those of a new module; TorchSharp 0.107 leaves GroupNorm's to chance.</summary>
    private static void Settle(nn.Module net)
    {
        using IDisposable off = no_grad();
        foreach (nn.Module norm in net.modules().Where(module => module.GetName().Contains("Norm", StringComparison.Ordinal)))
        {
            foreach (Tensor tensor in norm.parameters().Concat(norm.buffers()).Where(tensor => tensor.is_floating_point()))
                tensor.uniform_(0.5, 2);
        }
    }

    /// <summary>All cases in one program: compiling each alone takes longer than running it.</summary>
    public sealed class Programs : IDisposable
    {
        private readonly SwappedProgram _program = new(Harness.ForwardCase.Source);

        internal Module<Tensor, Tensor> Create(int index) => _program.Create<Module<Tensor, Tensor>>(ForwardCase.Name(index));

        public void Dispose() => _program.Dispose();
    }
}
