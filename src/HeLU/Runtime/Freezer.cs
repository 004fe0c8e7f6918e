using System.ComponentModel;
using System.Runtime.CompilerServices;
using Helu.Freezing;
using Helu.Inference;
using Helu.Inference.Execution;
using Helu.Inference.Graphs;
using Helu.Inference.Tracing;
using static TorchSharp.torch;

namespace Helu.Runtime;

/// <summary>Freezes a trained model for inference. Called by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Freezer
{
    /// <summary>
    /// Copies the structure and the weights of <paramref name="model"/> as they are now; the model stays as it is. An <see cref="Activation.Override(Kind, ReadOnlySpan{double})"/> that is
    /// in force on this thread is frozen too.
    /// </summary>
    /// <exception cref="NotSupportedException">A module that forward runs has no inference path; the message names the field and the type.</exception>
    /// <exception cref="InvalidOperationException">The shape of an input is needed.</exception>
    /// <exception cref="ArgumentException">A shape in the options does not fit the forward.</exception>
    public static FrozenModel Freeze(nn.Module model, InferenceOptions? options) => Freeze(model, options, fold: true);

    /// <summary><see cref="Freeze(nn.Module, InferenceOptions?)"/>, with BatchNorm as it is where <paramref name="fold"/> is false.</summary>
    internal static FrozenModel Freeze(nn.Module model, InferenceOptions? options, bool fold)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new InferenceOptions();
        // Loading an assembly does not run the registration in it; a first access does.
        RuntimeHelpers.RunModuleConstructor(model.GetType().Module.ModuleHandle);
        ModuleNode root = ModuleReader.ForInference().Read(model);
        var settings = new ForwardSettings(Activation.Overridden);
        Func<FrozenModel, IExecutor> executor = options.Backend == InferenceBackend.Torch ? TorchExecutor.On(DeviceOf(model)) : ManagedExecutor.Create;
        return FrozenModel.Create(root, settings, options, executor, fold);
    }

    private static Device DeviceOf(nn.Module model) => model.parameters().FirstOrDefault()?.device ?? CPU;
}
