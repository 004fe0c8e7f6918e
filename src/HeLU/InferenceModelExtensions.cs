using Helu.Freezing;
using Helu.Inference;
using Helu.Inference.Graphs;
using static TorchSharp.torch;

namespace Helu;

/// <summary>Frozen models on TorchSharp's tensors.</summary>
public static class InferenceModelExtensions
{
    /// <summary>
    /// Runs the frozen model on tensors: [N, ...] with the model's sample shape, on the model's device for <see cref="InferenceBackend.Torch"/>, on the CPU for the managed kernels. No
    /// gradient is recorded. The result is the caller's to dispose.
    /// </summary>
    /// <param name="model">A generated inference class's instance.</param>
    /// <param name="inputs">One for each parameter of forward: float32, or int64 ids for an embedding.</param>
    /// <exception cref="ArgumentException">The number, a shape or a type of the inputs is not the model's.</exception>
    /// <exception cref="InvalidOperationException">Another thread runs this instance.</exception>
    public static Tensor forward(this InferenceModel model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        Check(model, inputs);
        using var turn = new InferenceModel.Turn(model);
        return model.Executor is TorchExecutor torch ? torch.Run(inputs) : ManagedForward.Run(model, inputs);
    }

    private static void Check(InferenceModel model, Tensor[] inputs)
    {
        if (inputs.Length != model.InputShapes.Count)
            throw new ArgumentException($"{model.GetType().Name} has {model.InputShapes.Count} inputs; found {inputs.Length}.", nameof(inputs));
        for (int i = 0; i < inputs.Length; i++)
        {
            long[] shape = inputs[i].shape;
            if (shape.Length != model.InputShapes[i].Count + 1 || shape[0] < 1 || shape[0] != inputs[0].shape[0] || !shape.Skip(1).SequenceEqual(model.InputShapes[i]))
                throw new ArgumentException($"Input {i} is {Shapes.Text(shape)}; expected [N, {string.Join(", ", model.InputShapes[i])}], N the same for all inputs.", nameof(inputs));
            ScalarType expected = model.Frozen.Class.IndexInputs[i] ? ScalarType.Int64 : ScalarType.Float32;
            if (inputs[i].dtype != expected)
                throw new ArgumentException($"Input {i} is {inputs[i].dtype}; expected {expected}.", nameof(inputs));
        }
    }
}
