using Helu.Inference;
using Helu.Onnx.Batches;
using Helu.Onnx.Files;

namespace Helu.Onnx;

/// <summary>From a frozen model to a file: its forward is recorded, written as a graph, and stored.</summary>
internal static class OnnxExport
{
    public static void Write(FrozenModel model, long[][] shapes, string path, OnnxOptions options, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        OnnxModel onnx = Create(model, shapes, options.Precision);
        OnnxFile.Write(onnx, path, options.ExternalDataThreshold, token);
    }

    /// <summary>The model, its weights not yet in the tensors.</summary>
    public static OnnxModel Create(FrozenModel model, long[][] shapes, OnnxPrecision precision) =>
        GraphWriter.Write(model, DynamicGraph.Record(model, shapes), precision);
}
