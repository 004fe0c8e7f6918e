using System.Runtime.InteropServices;
using Helu.Onnx.Schema;
using Helu.Onnx.Tests.Harness;
using Microsoft.ML.OnnxRuntime;
using static Helu.Onnx.Schema.TensorProto.Types;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Onnx.Tests;

/// <summary>What stands in an exported file.</summary>
public sealed class ContentTests(NetProgram program) : IClassFixture<NetProgram>, IDisposable
{
    private static readonly OnnxOptions s_images = new() { InputShapes = [NetProgram.NetShape] };

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("model.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheProducerTheKindAndAlphaAreNamed()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images);

        using var onnx = new OnnxRun(File);
        Assert.Equal("HeLU.Onnx", onnx.Session.ModelMetadata.ProducerName);
        Assert.Equal("Net", onnx.Session.ModelMetadata.GraphName);
        Assert.Equal(new Dictionary<string, string> { ["helu.kind"] = "HeLU", ["helu.parameters"] = "alpha=0.1" }, onnx.Session.ModelMetadata.CustomMetadataMap);
    }

    [Fact]
    public void SeveralKindsAreNamedInTheOrderOfUse()
    {
        using Module<Tensor, Tensor> net = program.Create("NotPartial");
        net.ExportOnnx(File);

        using var onnx = new OnnxRun(File);
        Assert.Equal(new Dictionary<string, string> { ["helu.kind"] = "ELU,GELU", ["helu.parameters"] = "alpha=0.7," }, onnx.Session.ModelMetadata.CustomMetadataMap);
    }

    [Fact]
    public void AnOverrideInForceIsExported()
    {
        using Module<Tensor, Tensor> net = program.Create("NotPartial");
        using (Activation.Override(Kind.SiLU))
            net.ExportOnnx(File);

        Assert.Contains("Sigmoid", Operations(Read()));
        Assert.Equal(["SiLU,GELU", "beta=1,"], Read().MetadataProps.Select(property => property.Value));
    }

    /// <summary>Each kind, its parameters, and what stands for them in the file.</summary>
    public static TheoryData<Kind, double[], string> KindsAndParameters => new()
    {
        { Kind.ReLU, [], "" },
        { Kind.HeLU, [0.2], "alpha=0.2" },
        { Kind.GELU, [], "" },
        { Kind.SiLU, [], "beta=1" },
        { Kind.SiLU, [1.5], "beta=1.5" },
        { Kind.LeakyReLU, [0.2], "slope=0.2" },
        { Kind.ELU, [0.6], "alpha=0.6" },
        { Kind.Mish, [], "" },
        { Kind.StraightThrough, [], "" },
        { Kind.LeakyBackward, [0.2], "slope=0.2" },
        { Kind.ClippedStraightThrough, [0.8], "clip=0.8" },
        { Kind.SUGAR, [], "alpha=1.67" },
        { Kind.SELU, [], "" },
        { Kind.CELU, [0.7], "alpha=0.7" },
        { Kind.GELUTanh, [], "" },
        { Kind.Softplus, [2, 3], "beta=2 threshold=3" },
        { Kind.Hardswish, [], "" },
        { Kind.ReLU6, [], "" },
        { Kind.SquaredReLU, [], "" },
        { Kind.SmeLU, [0.6], "beta=0.6" },
        { Kind.GoLU, [], "" },
        { Kind.SAU, [0.3, 0.7], "slope=0.3 sigma=0.7" },
        { Kind.Quadratic, [0.2, -0.6, 0.3], "a=0.2 b=-0.6 c=0.3" },
    };

    [Theory]
    [MemberData(nameof(KindsAndParameters))]
    public void EveryKindIsExportedAndNamed(Kind kind, double[] parameters, string named)
    {
        using IDisposable over = Activation.Override(kind, parameters);
        using Module<Tensor, Tensor> net = program.Create("Net");
        Agreement.Check(net, inputs => net.call(inputs[0]), batch => [randn([batch, .. NetProgram.NetShape])], new OnnxOptions(), 1e-4f);
        Agreement.Check(net, inputs => net.call(inputs[0]), batch => [randn([batch, .. NetProgram.NetShape])], new OnnxOptions { Precision = OnnxPrecision.Float16 }, 5e-3f);

        net.ExportOnnx(File, s_images);
        Assert.Equal([kind.ToString(), named], Read().MetadataProps.Select(property => property.Value));
    }

    [Fact]
    public void ForIdentityThereIsNoOperation()
    {
        using IDisposable over = Activation.Override(Kind.Identity);
        using Module<Tensor, Tensor> net = program.Create("Net");
        Agreement.Check(net, inputs => net.call(inputs[0]), batch => [randn([batch, .. NetProgram.NetShape])], new OnnxOptions(), 1e-4f);

        net.ExportOnnx(File, s_images);
        Assert.Equal(["Conv", "Reshape", "Gemm", "Gemm"], Operations(Read()));
        Assert.Equal("Identity", Read().MetadataProps[0].Value);
    }

    [Fact]
    public void HeluIsReluAndSaysWhereItCameFrom()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images);

        ModelProto model = Read();
        Assert.Equal(["Conv", "Relu", "Reshape", "Gemm", "Relu", "Gemm"], Operations(model));
        Assert.All(model.Graph.Node.Where(node => node.OpType == "Relu"), node => Assert.Equal("HeLU(alpha=0.1)", node.DocString));
        Assert.Equal((20, ""), (model.OpsetImport.Single().Version, model.OpsetImport.Single().Domain));
    }

    [Fact]
    public void InputsAndOutputsAreNamedAndTakeAnyBatch()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images);

        using var onnx = new OnnxRun(File);
        (string input, NodeMetadata image) = Assert.Single(onnx.Session.InputMetadata);
        Assert.Equal("image", input);
        Assert.Equal([-1, 1, 8, 8], image.Dimensions);
        Assert.Equal(["batch", "", "", ""], image.SymbolicDimensions);
        (string output, NodeMetadata logits) = Assert.Single(onnx.Session.OutputMetadata);
        Assert.Equal("output", output);
        Assert.Equal([-1, 5], logits.Dimensions);
        Assert.Equal(["batch", ""], logits.SymbolicDimensions);
    }

    [Fact]
    public void UnfoldedWeightsHaveTheNamesShapesAndBitsOfTheStateDict()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images with { Fold = false });

        Dictionary<string, Tensor> state = net.state_dict().Where(pair => pair.Value.is_floating_point()).ToDictionary();
        Dictionary<string, TensorProto> written = Read().Graph.Initializer.Where(tensor => tensor.DataType == DataType.Float).ToDictionary(tensor => tensor.Name);
        Assert.Equal(state.Keys.Order(), written.Keys.Order());
        Assert.All(state, pair =>
        {
            Assert.Equal(pair.Value.shape, written[pair.Key].Dims);
            Assert.Equal(pair.Value.bytes.ToArray(), written[pair.Key].RawData.ToByteArray());
        });
        Assert.Contains("BatchNormalization", Operations(Read()));
    }

    [Fact]
    public void FoldedWeightsHaveTheNamesOfTheLayersThatTookTheBatchNorm()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images);

        Assert.Equal(
            ["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight", "stem.conv.bias", "stem.conv.weight"],
            Read().Graph.Initializer.Where(tensor => tensor.DataType == DataType.Float).Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("BatchNormalization", Operations(Read()));
    }

    [Fact]
    public void AParameterOfTheModelHasItsName()
    {
        using Module<Tensor, Tensor> net = program.Create("NotPartial");
        net.ExportOnnx(File);

        TensorProto scale = Read().Graph.Initializer.Single(tensor => tensor.Name == "scale");
        Assert.Equal([3f, 3, 3, 3], MemoryMarshal.Cast<byte, float>(scale.RawData.Span).ToArray());
    }

    [Fact]
    public void InFloat16TheWeightsAreHalvesAndInputsAndOutputsStayFloat32()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images with { Precision = OnnxPrecision.Float16 });

        ModelProto model = Read();
        Assert.All(model.Graph.Initializer.Where(tensor => tensor.Name.EndsWith("weight", StringComparison.Ordinal)), tensor => Assert.Equal(DataType.Float16, tensor.DataType));
        Assert.All(model.Graph.Input.Concat(model.Graph.Output), value => Assert.Equal(DataType.Float, value.Type.TensorType.ElemType));
        Assert.Equal(["Cast", "Conv", "Relu", "Reshape", "Gemm", "Relu", "Gemm", "Cast"], Operations(model));
    }

    [Fact]
    public void AFrozenModelGivesTheSameFile()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        using Inference.InferenceModel frozen = program.Freeze(net);
        net.ExportOnnx(File, s_images);
        frozen.ExportOnnx(_folder.File("frozen.onnx"));

        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(_folder.File("frozen.onnx")));
    }

    [Fact]
    public void AWarningOfTheRuntimeWouldFailTheseTests()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images);
        ModelProto model = Read();
        model.Graph.Initializer.Add(new TensorProto { Name = "unused", DataType = DataType.Float, Dims = { 1 }, RawData = Google.Protobuf.ByteString.CopyFrom(new byte[4]) });
        Write(model);

        Assert.Throws<Xunit.Sdk.EmptyException>(() => new OnnxRun(File));
    }

    private static IEnumerable<string> Operations(ModelProto model) => model.Graph.Node.Select(node => node.OpType);

    private ModelProto Read() => ModelProto.Parser.ParseFrom(System.IO.File.ReadAllBytes(File));

    private void Write(ModelProto model) => System.IO.File.WriteAllBytes(File, Google.Protobuf.MessageExtensions.ToByteArray(model));
}
