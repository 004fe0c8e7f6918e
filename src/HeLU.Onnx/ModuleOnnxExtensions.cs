using Helu.Inference;
using Helu.Onnx;
using Helu.Runtime;
using static TorchSharp.torch;

namespace Helu;

/// <summary>Exports TorchSharp models to ONNX.</summary>
public static class ModuleOnnxExtensions
{
    /// <summary>
    /// Writes what the model computes in <c>eval()</c>, with its weights as they are now, as an ONNX model: operator set 20, inputs named like forward's parameters, each [batch, ...] with a batch of any size,
    /// one output named <c>output</c>, weights named like the state dict. HeLU is written as Relu, which its forward is. The model may be on any device and in training mode; it stays as it is.
    /// An <see cref="Activation.Override(Kind, ReadOnlySpan{double})"/> that is in force on this thread is exported too. A file of that name is replaced only when the new one is complete.
    /// </summary>
    /// <param name="model">A model whose class has [Activation], on itself or around it; its class need not be partial.</param>
    /// <param name="path">The file, by custom <c>.onnx</c>, in a folder that exists.</param>
    /// <param name="options">Null: float32, BatchNorm folded, input shapes told from the weights.</param>
    /// <param name="token">Ends the export; what was written is deleted.</param>
    /// <exception cref="NotSupportedException">
    /// A module that forward runs can't be exported: the message names the field and the type. Or forward does other things for other batch sizes, or a number is too large for float16.
    /// </exception>
    /// <exception cref="InvalidOperationException">The shape of an input is needed: give it in the options.</exception>
    /// <exception cref="ArgumentException">A shape in the options does not fit the forward.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void ExportOnnx(this nn.Module model, string path, OnnxOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxOptions();
        FrozenModel frozen = Freezer.Freeze(model, new InferenceOptions { InputShapes = options.InputShapes }, options.Fold);
        OnnxExport.Write(frozen, frozen.InputShapes, path, options, token);
    }
}
