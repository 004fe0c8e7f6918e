using Helu.Inference.Graphs;
using Helu.Inference.Modules;
using Helu.Inference.Tracing;
using Helu.Inference.Weights;

namespace Helu.Inference;

/// <summary>A frozen model as a safetensors file: tensors named like the state dict, the structure as JSON in the metadata.</summary>
internal static class WeightsFile
{
    private const string StructureKey = "helu.structure";
    private const string IgnoredCounter = "num_batches_tracked";

    public static void Write(string path, FrozenModel model, CancellationToken token)
    {
        IEnumerable<(string, long[], ReadOnlyMemory<float>)> tensors = NamedModules(model.Root, "")
            .SelectMany(named => named.Module.Weights.Select(weight => (Name: ModuleNode.Join(named.Path, weight.Key), weight.Value.Shape, (ReadOnlyMemory<float>)weight.Value.Data)))
            // One module in two fields has one place in the state dict.
            .DistinctBy(tensor => tensor.Name);
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { [StructureKey] = StructureJson.Write(model) }, token);
    }

    public static LoadedModel Read(string path, ModelClass model)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        LoadedModel loaded = Structure(path, file, model);
        Fill(path, file, loaded.Root);
        return loaded;
    }

    private static LoadedModel Structure(string path, SafetensorsFile file, ModelClass model)
    {
        if (file.Metadata.TryGetValue(StructureKey, out string? json))
        {
            LoadedModel loaded = StructureJson.Read(json, path);
            return loaded.Root.Type == model.TypeName
                ? loaded
                : throw new InvalidDataException($"{path} holds the weights of {loaded.Root.Type}; expected {model.TypeName}.");
        }
        ModuleNode root = model.Structure?.Invoke() ?? throw new NotSupportedException(
            $"{path} is a plain state dict, and the layers of {model.TypeName} can't be told from its source: {model.NoStructure ?? "the constructor is not made of constants"}. "
            + "Load it into the TorchSharp model and save that by ToInference().Save(path).");
        return new(root, new ForwardSettings(null), null);
    }

    /// <summary>Takes each module's tensors out of the file, all or none: the exception lists everything that does not fit.</summary>
    private static void Fill(string path, SafetensorsFile file, ModuleNode root)
    {
        var faults = new List<string>();
        var wanted = new List<(ModuleNode Module, string Weight, string Name)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string modulePath, ModuleNode module) in NamedModules(root, ""))
        {
            foreach ((string weight, long[]? shape) in WeightSpecs(path, module))
            {
                string name = ModuleNode.Join(modulePath, weight);
                known.Add(name);
                wanted.Add((module, weight, name));
                if (!file.Tensors.TryGetValue(name, out TensorEntry? entry))
                    faults.Add(shape is null ? $"missing: {name}" : $"missing: {name} {Shapes.Text(shape)}");
                else if (shape is not null && !shape.AsSpan().SequenceEqual(entry.Shape))
                    faults.Add($"other shape: {name} is {Shapes.Text(entry.Shape)}, expected {Shapes.Text(shape)}");
            }
        }
        faults.AddRange(file.Tensors.Keys
            .Where(name => !known.Contains(name) && !name.EndsWith(IgnoredCounter, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => $"unknown: {name} {Shapes.Text(file.Tensors[name].Shape)}"));
        if (faults.Count > 0)
            throw new InvalidDataException($"{path} does not fit {root.Type}:\n  {string.Join("\n  ", faults)}");
        foreach ((ModuleNode module, string weight, string name) in wanted)
            module.Weights[weight] = new(file.Tensors[name].Shape, file.ReadFloats(name));
    }

    /// <summary>The tensors of a module; of a user's class those that its forward reads, whose shapes only the file knows.</summary>
    private static IEnumerable<(string Name, long[]? Shape)> WeightSpecs(string path, ModuleNode module)
    {
        if (ModuleTypes.Find(module.Type) is not { } type)
            return ModelClasses.Find(module.Type)?.Parameters.Select(parameter => (parameter, (long[]?)null)) ?? [];
        try
        {
            return [.. type.Weights(module).Select(spec => (spec.Name, (long[]?)spec.Shape))];
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{path}: the structure in the metadata is damaged: {e.Message}", e);
        }
    }

    /// <summary>Every place of a module, as the state dict names it; a shared module has several.</summary>
    private static IEnumerable<(string Path, ModuleNode Module)> NamedModules(ModuleNode module, string path)
    {
        IEnumerable<(string, ModuleNode)> below = module.Children
            .Where(child => child.Module is not null)
            .SelectMany(child => NamedModules(child.Module!, ModuleNode.Join(path, child.Key)));
        return below.Prepend((path, module));
    }
}
