using System.ComponentModel;
using Helu.Inference.Execution;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Passes;
using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference;

/// <summary>A trained model as plain data: modules, weights, input shapes. What a generated inference class is made from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrozenModel
{
    private readonly Func<FrozenModel, IExecutor> _executor;

    private FrozenModel(ModuleNode root, ModelClass model, ForwardSettings settings, InferenceOptions options, long[][] inputShapes, Func<FrozenModel, IExecutor> executor)
    {
        (Root, Class, Settings, Options, InputShapes, _executor) = (root, model, settings, options, inputShapes, executor);
    }

    internal ModuleNode Root { get; }

    internal ModelClass Class { get; }

    internal ForwardSettings Settings { get; }

    internal InferenceOptions Options { get; }

    /// <summary>One sample of each input, without the batch.</summary>
    internal long[][] InputShapes { get; }

    internal WeightCache Packed { get; } = new();

    /// <summary>Reads a weights file: one that <see cref="InferenceModel.Save"/> wrote, or a state dict in safetensors form.</summary>
    /// <param name="path">The file.</param>
    /// <param name="typeName">The model class, as generated code registered it.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or is not this model's: the message lists every tensor that is missing, unknown or of another shape.</exception>
    /// <exception cref="NotSupportedException">It is a plain state dict, and the hyperparameters are not constants in the model's constructor; or <see cref="InferenceBackend.Torch"/> is asked for.</exception>
    /// <exception cref="InvalidOperationException">The shape of an input is needed.</exception>
    public static FrozenModel Load(string path, string typeName, InferenceOptions? options)
    {
        options ??= new InferenceOptions();
        if (options.Backend != InferenceBackend.Managed)
            throw new NotSupportedException("A weights file is loaded for the managed kernels only; InferenceBackend.Torch is for ToInference of a TorchSharp model.");
        LoadedModel loaded = WeightsFile.Read(path, ModelClasses.Find(typeName) ?? throw NotGenerated(typeName));
        if (options.InputShapes is not null || loaded.InputShapes is null)
            return Create(loaded.Root, loaded.Settings, options, ManagedExecutor.Create);
        try
        {
            return Create(loaded.Root, loaded.Settings, options with { InputShapes = loaded.InputShapes }, ManagedExecutor.Create);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: the structure in the file does not fit the forward of {typeName}: {e.Message}", e);
        }
    }

    /// <summary>Works out the input shapes and, unless <paramref name="fold"/> is false, folds what can be folded.</summary>
    internal static FrozenModel Create(ModuleNode root, ForwardSettings settings, InferenceOptions options, Func<FrozenModel, IExecutor> executor, bool fold = true)
    {
        ModelClass model = ModelClasses.Find(root.Type) ?? throw NotGenerated(root.Type);
        root.SetPaths("");
        var frozen = new FrozenModel(root, model, settings, options, InputShapeSearch.Find(root, model, settings, options.InputShapes), executor);
        while (fold && BatchNormFolding.Apply(frozen.Record(1)))
        {
        }
        return frozen;
    }

    /// <summary>The forward for a batch size, not yet fused.</summary>
    internal Graph Record(int batch) => Graph.Record(Root, Class, [.. InputShapes.Select(shape => (long[])[batch, .. shape])], Settings);

    internal IExecutor CreateExecutor() => _executor(this);

    private static NotSupportedException NotGenerated(string typeName) => new(
        $"No inference path was generated for {typeName}. Its class needs [Activation], and a forward that can be specialised: make the class partial, and HELU0009 says when compiling what keeps it from that. "
        + "A module of TorchSharp by itself has to stand in a field of such a class.");
}
