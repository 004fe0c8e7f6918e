using Helu.Inference;
using Helu.Onnx;

namespace Helu;

/// <summary>Exports frozen models to ONNX. Needs no TorchSharp at run time.</summary>
public static class InferenceModelOnnxExtensions
{
    /// <summary>
    /// Writes the frozen model as an ONNX model: operator set 20, inputs named like forward's parameters, each [batch, ...] with a batch of any size, one output named <c>output</c>, weights named like the state dict.
    /// A file of that name is replaced only when the new one is complete.
    /// </summary>
    /// <param name="model">A generated inference class's instance.</param>
    /// <param name="path">The file, by custom <c>.onnx</c>, in a folder that exists.</param>
    /// <param name="options">Null: float32, the model's own input shapes.</param>
    /// <param name="token">Ends the export; what was written is deleted.</param>
    /// <exception cref="NotSupportedException">
    /// Forward does other things for other batch sizes, or a number is too large for float16; or <see cref="OnnxOptions.Fold"/> is false: what was frozen is folded.
    /// </exception>
    /// <exception cref="ArgumentException">A shape in the options does not fit the forward.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void ExportOnnx(this InferenceModel model, string path, OnnxOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxOptions();
        if (!options.Fold)
            throw new NotSupportedException($"BatchNorm was folded when {model.GetType().Name} was frozen. Export the TorchSharp model with Fold = false to keep it.");
        FrozenModel frozen = model.Frozen;
        long[][] shapes = options.InputShapes is { } given ? InputShapeSearch.Find(frozen.Root, frozen.Class, frozen.Settings, given) : frozen.InputShapes;
        OnnxExport.Write(frozen, shapes, path, options, token);
    }
}
