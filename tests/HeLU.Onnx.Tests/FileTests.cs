using Helu.Inference;
using Helu.Onnx.Files;
using Helu.Onnx.Schema;
using Helu.Onnx.Tests.Harness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Onnx.Tests;

/// <summary>How files are written and replaced, and what is refused.</summary>
public sealed class FileTests(NetProgram program) : IClassFixture<NetProgram>, IDisposable
{
    private static readonly OnnxOptions s_images = new() { InputShapes = [NetProgram.NetShape] };

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("net.onnx");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(OnnxPrecision.Float32, 1e-4f)]
    [InlineData(OnnxPrecision.Float16, 5e-3f)]
    public void LargeWeightsGoIntoASecondFileThatTheRuntimeFinds(OnnxPrecision precision, float tolerance)
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        var options = s_images with { Precision = precision, ExternalDataThreshold = 20_000 / (precision == OnnxPrecision.Float16 ? 2 : 1) };
        net.ExportOnnx(File, options);

        Assert.Equal(["net.onnx", "net.onnx.data"], _folder.Files);
        Assert.InRange(new FileInfo(File).Length, 1, 8_000);
        TensorProto[] external = [.. ModelProto.Parser.ParseFrom(System.IO.File.ReadAllBytes(File)).Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External)];
        // 32·256 floats and, in float32 only, nothing else of 1 KB or more but [5, 32] and [4, 1, 3, 3], which are smaller.
        Assert.Equal(["fc1.weight"], external.Select(tensor => tensor.Name));
        Agreement.Check(net, inputs => net.call(inputs[0]), batch => [randn([batch, .. NetProgram.NetShape])], options, tolerance);
    }

    [Fact]
    public void WeightsUpToTheThresholdStayInTheFile()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        // stem 4·9 + 4, fc1 32·256 + 32, fc2 5·32 + 5 floats
        const long Bytes = 4 * (40 + 8224 + 165);
        net.ExportOnnx(File, s_images with { ExternalDataThreshold = Bytes });
        Assert.Equal(["net.onnx"], _folder.Files);

        net.ExportOnnx(File, s_images with { ExternalDataThreshold = Bytes - 1 });
        Assert.Equal(["net.onnx", "net.onnx.data"], _folder.Files);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(OnnxOptions.MaxInlineBytes + 1)]
    public void AThresholdOutsideOfItsRangeIsRefused(long threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxOptions { ExternalDataThreshold = threshold });

    [Theory]
    [InlineData(0L)]
    [InlineData(OnnxOptions.MaxInlineBytes)]
    public void AnExistingModelIsReplaced(long threshold)
    {
        System.IO.File.WriteAllText(File, "old");
        System.IO.File.WriteAllText(File + ".data", "old data");
        using Module<Tensor, Tensor> net = program.Create("Net");
        net.ExportOnnx(File, s_images with { ExternalDataThreshold = threshold });

        using var onnx = new OnnxRun(File);
        Assert.Equal(["net.onnx", "net.onnx.data"], _folder.Files);
        Assert.Equal(threshold == 0, System.IO.File.ReadAllText(File + ".data") != "old data");
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(OnnxOptions.MaxInlineBytes)]
    public void ACancelledExportLeavesTheOldFilesAndNothingElse(long threshold)
    {
        System.IO.File.WriteAllText(File, "old");
        System.IO.File.WriteAllText(File + ".data", "old data");
        using Module<Tensor, Tensor> net = program.Create("Net");
        using InferenceModel frozen = program.Freeze(net);
        OnnxModel model = OnnxExport.Create(frozen.Frozen, frozen.Frozen.InputShapes, OnnxPrecision.Float32);
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => net.ExportOnnx(File, s_images, cancelled));
        Assert.Throws<OperationCanceledException>(() => OnnxFile.Write(model, File, threshold, cancelled));

        AssertOld();
    }

    [Fact]
    public void AFailedExportLeavesTheOldFilesAndNothingElse()
    {
        System.IO.File.WriteAllText(File, "old");
        System.IO.File.WriteAllText(File + ".data", "old data");
        using Module<Tensor, Tensor> net = program.Create("NotPartial");

        NotSupportedException e = Assert.Throws<NotSupportedException>(() => net.ExportOnnx(File, new OnnxOptions { Precision = OnnxPrecision.Float16 }));

        Assert.Contains("70000", e.Message, StringComparison.Ordinal);
        AssertOld();
    }

    [Fact]
    public void AFolderThatDoesNotExistIsNamed()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        string folder = File + ".missing";

        DirectoryNotFoundException e = Assert.Throws<DirectoryNotFoundException>(() => net.ExportOnnx(Path.Combine(folder, "net.onnx"), s_images));

        Assert.EndsWith($"does not exist: {folder}", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void WhereTheModelCannotBePutItsDataIsTakenBack()
    {
        Directory.CreateDirectory(File);
        System.IO.File.WriteAllText(File + ".data", "old data");
        using Module<Tensor, Tensor> net = program.Create("Net");

        Exception? e = Record.Exception(() => net.ExportOnnx(File, s_images with { ExternalDataThreshold = 0 }));

        Assert.True(e is IOException or UnauthorizedAccessException, $"{e}");
        Assert.Equal(["net.onnx", "net.onnx.data"], _folder.Files);
        Assert.Equal("old data", System.IO.File.ReadAllText(File + ".data"));
    }

    [Fact]
    public void AModuleWithoutAnInferencePathIsNamedByItsField()
    {
        using Module<Tensor, Tensor> net = program.Create("Unknown");

        NotSupportedException e = Assert.Throws<NotSupportedException>(() => net.ExportOnnx(File, new OnnxOptions { InputShapes = [[6]] }));

        Assert.Contains("'layers.1'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Hardshrink", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("branch", "HeLU(alpha=0.05) after 'fc' runs for a batch of 3, not for one of 2")]
    [InlineData("scalar", "Div(2) after 'fc' runs for a batch of 2, Div(3) after 'fc' for one of 3")]
    [InlineData("one", "Sigmoid(0, 0) after 'fc' runs for a batch of 1, not for one of 2")]
    [InlineData("loop", "runs for a batch of 3, not for one of 2")]
    [InlineData("length", "narrow(1) after 'fc' has dimension 1 3, 2, 0 for batches of 2, 3, 7")]
    [InlineData("fixed", "fails for a batch of 3: reshape: [3, 6] does not fit into [2, 6]")]
    public void WhatDependsOnTheBatchIsRefusedWithWhatAndWhere(string how, string expected)
    {
        using Module<Tensor, Tensor> net = program.Create("ByBatch", how);

        NotSupportedException e = Assert.Throws<NotSupportedException>(() => net.ExportOnnx(File, new OnnxOptions { InputShapes = [[6]] }));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains("ByBatch", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void AFrozenModelHasNoBatchNormToKeep()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        using InferenceModel frozen = program.Freeze(net);

        NotSupportedException e = Assert.Throws<NotSupportedException>(() => frozen.ExportOnnx(File, new OnnxOptions { Fold = false }));

        Assert.Contains("NetInference", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AShapeThatDoesNotFitIsRefused()
    {
        using Module<Tensor, Tensor> net = program.Create("Net");
        using InferenceModel frozen = program.Freeze(net);
        var options = new OnnxOptions { InputShapes = [[1, 9, 9]] };

        Assert.Throws<ArgumentException>(() => net.ExportOnnx(File, options));
        Assert.Throws<ArgumentException>(() => frozen.ExportOnnx(File, options));
        Assert.Empty(_folder.Files);
    }

    private void AssertOld()
    {
        Assert.Equal(["net.onnx", "net.onnx.data"], _folder.Files);
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Equal("old data", System.IO.File.ReadAllText(File + ".data"));
    }
}
