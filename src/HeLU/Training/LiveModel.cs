using System.Runtime.CompilerServices;
using Helu.Freezing;
using Helu.Inference.Graphs;
using Helu.Inference.Modules;
using Helu.Inference.Tracing;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>A model's structure, and the modules behind it: no tensor is copied.</summary>
internal sealed class LiveModel
{
    private readonly Dictionary<ModuleNode, nn.Module> _modules = new(ReferenceEqualityComparer.Instance);
    private readonly List<(ModelMember Member, object? Value)> _changeable = [];
    private readonly List<(Sequential Container, nn.IModule<Tensor, Tensor>[] Children)> _containers = [];
    private readonly List<nn.Module> _models = [];
    private readonly List<RegisteredHooks> _inlined = [];
    private readonly ModelClass _class;

    /// <exception cref="NotSupportedException">A module in it has no fused training.</exception>
    public LiveModel(nn.Module model)
    {
        // Loading an assembly does not run the registration in it; a first access does.
        RuntimeHelpers.RunModuleConstructor(model.GetType().Module.ModuleHandle);
        var reader = new ModuleReader(ModelClasses.FindTraining, tensor => new Weight(tensor.shape, []));
        Root = reader.Read(model);
        Root.SetPaths("");
        _class = ModelClasses.FindTraining(Root.Type) ?? throw ModuleTypes.Untrained("this model", Root.Type);
        foreach ((nn.Module module, ModuleNode node) in reader.Nodes)
            Add(module, node);
    }

    public ModuleNode Root { get; }

    /// <summary>Whether the fused forward computes what the model's own would: all of it trains, and no hook is registered on a module that the forward is not a call of.</summary>
    public bool IsFusable
    {
        get
        {
            foreach (nn.Module model in _models)
            {
                if (!model.training)
                    return false;
            }
            foreach (RegisteredHooks hooks in _inlined)
            {
                if (hooks.Any)
                    return false;
            }
            return true;
        }
    }

    /// <summary>Whether the fields that forward reads have the values that they were read with, and each Sequential the children.</summary>
    public bool IsCurrent
    {
        get
        {
            foreach ((ModelMember member, object? value) in _changeable)
            {
                if (!Equals(member.Value, value))
                    return false;
            }
            foreach ((Sequential container, nn.IModule<Tensor, Tensor>[] children) in _containers)
            {
                if (!HasChildren(container, children))
                    return false;
            }
            return true;
        }
    }

    /// <summary>The module that a node stands for.</summary>
    public nn.Module ModuleOf(ModuleNode node) => _modules[node];

    /// <summary>The forward for inputs of these shapes.</summary>
    public Graph Record(IReadOnlyList<long[]> shapes, ActivationSpec? overridden) => Graph.Record(Root, _class, shapes, new ForwardSettings(overridden, IsTraining: true));

    private static bool HasChildren(Sequential container, nn.IModule<Tensor, Tensor>[] children)
    {
        if (container.Count != children.Length)
            return false;
        for (int i = 0; i < children.Length; i++)
        {
            if (!ReferenceEquals(container[i], children[i]))
                return false;
        }
        return true;
    }

    private void Add(nn.Module module, ModuleNode node)
    {
        _modules[node] = module;
        ModelClass? model = ModelClasses.FindTraining(node.Type);
        if (model is null && ModuleTypes.Find(node.Type) is null)
            throw ModuleTypes.Untrained(node.Path, node.Type);
        if (model is not null || ModuleTypes.IsContainer(node.Type))
            _inlined.Add(RegisteredHooks.Of(module));
        if (module is Sequential container)
            _containers.Add((container, [.. Enumerable.Range(0, container.Count).Select(i => container[i])]));
        if (model is null)
            return;
        _models.Add(module);
        IEnumerable<ModelMember> members = model.Modules.Concat(model.Values).Select(name => ModelMember.Of(module, name));
        _changeable.AddRange(members.Where(member => !member.IsReadOnly).Select(member => (member, member.Value)));
    }
}
