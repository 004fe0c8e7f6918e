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
        long[][] expected = model.Frozen.InputShapes;
        if (inputs.Length != expected.Length)
            throw new ArgumentException($"{model.GetType().Name} has {expected.Length} inputs; found {inputs.Length}.", nameof(inputs));
        long batch = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            long[] shape = inputs[i].shape;
            batch = i == 0 && shape.Length > 0 ? shape[0] : batch;
            if (shape.Length == 0 || batch < 1 || shape[0] != batch || !shape.AsSpan(1).SequenceEqual(expected[i]))
                throw new ArgumentException($"Input {i} is {Shapes.Text(shape)}; expected {Shapes.Text(expected[i].Select(size => (object)size).Prepend("N"))}, N the same for all inputs.", nameof(inputs));
            ScalarType type = model.Frozen.Class.IndexInputs[i] ? ScalarType.Int64 : ScalarType.Float32;
            if (inputs[i].dtype != type)
                throw new ArgumentException($"Input {i} is {inputs[i].dtype}; expected {type}.", nameof(inputs));
            if (model.Frozen.Options.Backend == InferenceBackend.Managed && inputs[i].device_type != TorchSharp.DeviceType.CPU)
                throw new ArgumentException($"Input {i} is on {inputs[i].device}; the managed kernels run on the CPU. Move it there, or freeze with InferenceBackend.Torch.", nameof(inputs));
        }
    }
}
