using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Onnx.Tests.Harness;

/// <summary>Compares a model with what it was exported to.</summary>
internal static class Agreement
{
    /// <summary>Exports the model and asserts that ONNX Runtime gives, for each batch size, what it gives in eval mode.</summary>
    /// <param name="model">Its mode is set to eval.</param>
    /// <param name="run">Runs the model.</param>
    /// <param name="inputs">Makes a batch.</param>
    /// <param name="options">Without input shapes: those of a batch of one are given.</param>
    /// <param name="tolerance">Of the largest element.</param>
    /// <returns>The largest difference, as a part of the largest element.</returns>
    public static float Check(nn.Module model, Func<Tensor[], Tensor> run, Func<int, Tensor[]> inputs, OnnxOptions options, float tolerance)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.onnx");
        model.eval();
        model.ExportOnnx(path, options with { InputShapes = [.. inputs(1).Select(input => input.shape[1..])] });
        using var onnx = new OnnxRun(path);
        return new[] { 1, 3, 7 }.Max(batch => Difference(onnx, run, inputs(batch), batch, tolerance));
    }

    private static float Difference(OnnxRun onnx, Func<Tensor[], Tensor> run, Tensor[] inputs, int batch, float tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable off = no_grad();
        (float[] actual, long[] shape) = onnx.Run(inputs);
        Tensor output = run(inputs);
        float[] expected = [.. output.contiguous().data<float>()];

        if (batch > 1)
            Assert.Equal(output.shape, shape);
        Assert.Equal(expected.Length, actual.Length);
        float scale = expected.Max(Math.Abs);
        Assert.True(float.IsFinite(scale) && scale > 0, $"batch {batch}: the largest is {scale}");
        float difference = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / scale;
        Assert.True(difference <= tolerance, $"batch {batch}: off by {difference} of the largest, {scale}");
        return difference;
    }
}
