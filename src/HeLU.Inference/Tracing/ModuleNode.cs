using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Helu.Inference.Graphs;
using Helu.Inference.Graphs.Nodes;
using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Modules;

namespace Helu.Inference.Tracing;

/// <summary>
/// A module of a frozen model: its type, its hyperparameters and weights, its children. Used by generated code, which runs it as the model's
/// own forward would run the TorchSharp module. As a list it is the children of a Sequential, ModuleList or ModuleDict.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleNode : IReadOnlyList<ModuleNode>
{
    internal ModuleNode(string type) => Type = type;

    /// <summary>The number of children.</summary>
    public int Count => Children.Count;

    /// <summary>TorchSharp's class name for its own modules, the full name of the type for a user's.</summary>
    internal string Type { get; set; }

    /// <summary>Where it stands in the model, as in the state dict: <c>layer1.0.conv1</c>.</summary>
    internal string Path { get; set; } = "";

    /// <summary>Hyperparameters by PyTorch's names; of a user's class the plain fields that its forward reads.</summary>
    internal SortedDictionary<string, object> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>Parameters and buffers by their names in the module.</summary>
    internal SortedDictionary<string, Weight> Weights { get; } = new(StringComparer.Ordinal);

    internal List<Child> Children { get; } = [];

    /// <summary>The child at a position.</summary>
    public ModuleNode this[int index] => Present(Children[index]);

    /// <summary>The child of that key in a ModuleDict.</summary>
    public ModuleNode this[string key] => module(key);

    /// <summary>The module in a field of a user's class.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public ModuleNode module(string field) => Present(ChildOf(field));

    /// <summary>The module in a field of a user's class, or null where the field is null.</summary>
    public ModuleNode? module_or_null(string field) => ChildOf(field).Module;

    /// <summary>The modules in an array or list field of a user's class.</summary>
    public ModuleNode[] modules(string field) => [.. module(field)];

    /// <summary>The value of a plain field of a user's class.</summary>
    /// <typeparam name="T">bool, int, long, float, double, string, or an array of one of these.</typeparam>
    public T value<T>(string field) =>
        Attributes.TryGetValue(field, out object? value)
            ? AttributeValues.As<T>(value, Name(field))
            : throw new InvalidOperationException($"The frozen model holds no value for '{Name(field)}'; freeze and save the model again.");

    /// <summary>A parameter or buffer of a user's class as a value.</summary>
    public Value parameter(string field) =>
        Weights.TryGetValue(field, out Weight? weight)
            ? Graph.Recording.Add(Graph.Recording.Settings.IsTraining ? new ParameterNode(this, field, weight.Shape) : new ConstantNode(weight))
            : throw new InvalidOperationException($"The frozen model holds no tensor '{Name(field)}'; freeze and save the model again.");

    /// <summary>The children with their names.</summary>
    public IEnumerable<(string name, ModuleNode module)> named_children() => Children.Select(child => (child.Key, Present(child)));

    /// <summary>The children.</summary>
    public IEnumerable<ModuleNode> children() => this;

    /// <summary>Runs the module.</summary>
    public Value call(Value input) => ModuleTypes.Apply(this, [input]);

    /// <summary>Runs a module of two inputs.</summary>
    public Value call(Value input1, Value input2) => ModuleTypes.Apply(this, [input1, input2]);

    /// <summary>Runs a module of three inputs.</summary>
    public Value call(Value input1, Value input2, Value input3) => ModuleTypes.Apply(this, [input1, input2, input3]);

    /// <summary>Runs a module of four inputs.</summary>
    public Value call(Value input1, Value input2, Value input3, Value input4) => ModuleTypes.Apply(this, [input1, input2, input3, input4]);

    /// <summary>Runs the module where [Activation] swaps the call: a ReLU computes <paramref name="spec"/>, any other module runs as it is.</summary>
    public Value call(ActivationSpec spec, Value input) => ModuleTypes.ApplySwapped(this, spec, input);

    /// <inheritdoc/>
    public IEnumerator<ModuleNode> GetEnumerator() => Children.Select(Present).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A hyperparameter.</summary>
    internal T Attribute<T>(string name) => Attributes.TryGetValue(name, out object? value)
        ? AttributeValues.As<T>(value, Name(name))
        : throw new InvalidOperationException($"'{Path}' ({Type}) has no attribute {name}.");

    /// <summary>The place of one of its members, for messages.</summary>
    internal string Name(string member) => Join(Path, member);

    /// <summary>A path with one more step; a list field of a user's class is no step of the state dict.</summary>
    internal static string Join(string path, string step) => path.Length == 0 ? step : step.Length == 0 ? path : $"{path}.{step}";

    /// <summary>Sets the paths of everything below.</summary>
    internal void SetPaths(string path)
    {
        Path = path;
        foreach (Child child in Children)
            child.Module?.SetPaths(Name(child.Key));
    }

    /// <summary>This module and all below, each once.</summary>
    internal IEnumerable<ModuleNode> DescendantsAndSelf()
    {
        var seen = new HashSet<ModuleNode>(ReferenceEqualityComparer.Instance);
        var open = new Stack<ModuleNode>([this]);
        while (open.TryPop(out ModuleNode? node))
        {
            if (!seen.Add(node))
                continue;
            yield return node;
            foreach (Child child in node.Children.AsEnumerable().Reverse())
            {
                if (child.Module is not null)
                    open.Push(child.Module);
            }
        }
    }

    [return: NotNull]
    private ModuleNode Present(Child child) =>
        child.Module ?? throw new InvalidOperationException($"'{Name(child.Field)}' is null in the frozen model.");

    private Child ChildOf(string field)
    {
        foreach (Child child in Children)
        {
            if (child.Field == field)
                return child;
        }
        throw new InvalidOperationException($"The frozen model holds no module '{Name(field)}'; freeze and save the model again.");
    }
}
