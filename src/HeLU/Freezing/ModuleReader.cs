using System.Collections;
using System.Runtime.CompilerServices;
using Helu.Inference.Modules;
using Helu.Inference.Tracing;
using static TorchSharp.torch;

namespace Helu.Freezing;

/// <summary>Turns TorchSharp modules into plain data. One module that stands in several places becomes one node.</summary>
/// <param name="findClass">The model class of a name; null where none is generated.</param>
/// <param name="weightOf">What a node keeps of a tensor.</param>
internal sealed class ModuleReader(Func<string, ModelClass?> findClass, Func<Tensor, Weight> weightOf)
{
    private readonly Dictionary<nn.Module, ModuleNode> _read = new(ReferenceEqualityComparer.Instance);

    /// <summary>A reading for inference: weights are copied.</summary>
    public static ModuleReader ForInference() => new(ModelClasses.Find, Copy);

    /// <summary>The nodes of the modules that were read.</summary>
    public IReadOnlyDictionary<nn.Module, ModuleNode> Nodes => _read;

    public ModuleNode Read(nn.Module module)
    {
        if (_read.TryGetValue(module, out ModuleNode? known))
            return known;
        ModuleNode node = TorchModules.Structure(module) ?? new ModuleNode(TypeName(module.GetType()) + TorchModules.Refusal(module));
        _read[module] = node;
        if (ModelClassOf(module.GetType()) is { } model)
            ReadModel(module, model, node);
        else
            ReadLibraryModule(module, node);
        return node;
    }

    private static string TypeName(Type type)
    {
        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition.FullName ?? definition.Name;
    }

    private ModelClass? ModelClassOf(Type type)
    {
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        return findClass(TypeName(type));
    }

    private void ReadLibraryModule(nn.Module module, ModuleNode node)
    {
        foreach ((string name, nn.Module child) in module.named_children())
            node.Children.Add(new(name, name, Read(child)));
        if (ModuleTypes.Find(node.Type) is not { } type)
            return;
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in module.named_parameters(recurse: false))
            tensors[name] = parameter;
        foreach ((string name, Tensor buffer) in module.named_buffers(recurse: false))
            tensors[name] = buffer;
        foreach (WeightSpec spec in type.Weights(node))
            node.Weights[spec.Name] = weightOf(tensors[spec.Name]);
    }

    private void ReadModel(nn.Module module, ModelClass model, ModuleNode node)
    {
        var keys = new Dictionary<nn.Module, string>(ReferenceEqualityComparer.Instance);
        foreach ((string name, nn.Module child) in module.named_children())
            keys.TryAdd(child, name);
        foreach (string field in model.Modules)
            node.Children.Add(Child(field, ModelMember.Of(module, field).Value, keys));
        foreach (string field in model.Values)
        {
            object? value = ModelMember.Of(module, field).Value;
            node.Attributes[field] = AttributeValues.Kept(value)
                ?? throw new NotSupportedException($"{model.TypeName}.{field} is {value?.GetType().ToString() ?? "null"}, which a frozen model can't hold: use a bool, a number, a string or an array of these.");
        }
        foreach (string field in model.Parameters)
        {
            if (ModelMember.Of(module, field).Value is Tensor tensor)
                node.Weights[field] = weightOf(tensor);
        }
    }

    private Child Child(string field, object? value, Dictionary<nn.Module, string> keys) => value switch
    {
        null => new(field, field, null),
        nn.Module module => new(field, keys.GetValueOrDefault(module, field), Read(module)),
        IEnumerable list => new(field, "", ReadList(field, list, keys)),
        _ => throw new NotSupportedException($"{field} is a {value.GetType()}; expected a module or a list of modules."),
    };

    /// <summary>A plain list of modules: each has its own place in the state dict, if it was registered at all.</summary>
    private ModuleNode ReadList(string field, IEnumerable list, Dictionary<nn.Module, string> keys)
    {
        var node = new ModuleNode("ModuleList");
        foreach (object? item in list)
        {
            string name = $"{field}.{node.Children.Count}";
            node.Children.Add(item is nn.Module module
                ? new(name, keys.GetValueOrDefault(module, name), Read(module))
                : throw new NotSupportedException($"{name} is {item?.GetType().ToString() ?? "null"}; expected a module."));
        }
        return node;
    }

    private static Weight Copy(Tensor tensor)
    {
        using IDisposable off = no_grad();
        using Tensor single = tensor.to(ScalarType.Float32);
        using Tensor local = single.cpu();
        using Tensor contiguous = local.contiguous();
        return new(contiguous.shape, contiguous.data<float>().ToArray());
    }
}
