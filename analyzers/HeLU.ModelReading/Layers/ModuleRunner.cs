using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Makes, initialises and runs modules.</summary>
/// <param name="run">The trace.</param>
internal sealed class ModuleRunner(TraceRun run)
{
    /// <summary>A module of TorchSharp.</summary>
    public Value Create(ITypeSymbol type, string factory, ImmutableArray<IArgumentOperation> arguments, IReadOnlyList<Value> values, SyntaxNode creation)
    {
        var module = new TracedModule(type, factory, creation);
        run.Created.Add(module);
        if (module.IsContainer)
        {
            Fill(module.Children, values);
            return new Value.Reference(module);
        }
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { } parameter)
                module.Arguments[parameter.Name] = values[parameter.Ordinal];
        }
        return new Value.Reference(module);
    }

    /// <summary>Puts the modules of a container's arguments into it: modules, named ones, or a sequence of either.</summary>
    public void Fill(ValueList children, IReadOnlyList<Value> arguments)
    {
        foreach (Value argument in arguments)
        {
            switch (argument)
            {
                case Value.Sequence { Items: { } items } when items.Items.Exists(static item => item is Value.Constant { Content: string }):
                    run.Journal.Change(children, list => list.Add(items.Items[items.Items.Count - 1]));
                    break;
                case Value.Sequence { Items: { } items }:
                    foreach (Value item in items.Items.ToArray())
                        run.Journal.Change(children, list => list.Add(item is Value.Sequence { Items.Items: [_, { } module] } ? module : item));
                    if (!items.IsComplete)
                        run.Journal.MarkIncomplete(children);
                    break;
                case Value.Reference { Module: not null }:
                    run.Journal.Change(children, list => list.Add(argument));
                    break;
                case Value.Unknown:
                    run.Journal.MarkIncomplete(children);
                    break;
            }
        }
    }

    /// <summary>Runs a module's forward. The site is null for the model that is traced by itself.</summary>
    public Value Run(TracedModule module, IReadOnlyList<Value> arguments, Site? site)
    {
        int first = run.Layers.Count;
        Value output = module switch
        {
            { IsUserClass: true } when Dispatch.Forward(module.Type!) is { } forward => run.CodeOf(forward) is { } code ? run.Objects.RunCode(code, forward, new Frame(module, null, site), arguments) : Value.None,
            { IsUserClass: true } or { Factory: "Sequential" } => RunChildren(module, arguments, site),
            { IsContainer: true } => Value.None,
            _ => RunLayer(module, arguments, site ?? new(module.Creation, null)),
        };
        run.Runs.Add(new(module, output, first, run.Layers.Count - first));
        return output;
    }

    /// <summary>A module and all inside it, each once, outermost first.</summary>
    public static IReadOnlyList<TracedModule> WithDescendants(TracedModule module)
    {
        var found = new List<TracedModule>();
        var seen = new HashSet<TracedModule>();
        var open = new Stack<TracedModule>([module]);
        while (open.Count > 0)
        {
            TracedModule current = open.Pop();
            if (!seen.Add(current))
                continue;
            found.Add(current);
            foreach (TracedModule child in Children(current).Reverse())
                open.Push(child);
        }
        return found;
    }

    /// <summary>The modules that stand directly in a module.</summary>
    public static IEnumerable<TracedModule> Children(TracedModule module) => module.Children.Items.Concat(module.IsRegistered ? module.Fields.Values : Enumerable.Empty<Value>()).SelectMany(Inside);

    /// <summary>Code that is not understood may have filled what the value is or holds.</summary>
    public void Touch(Value value) => Initialise(value, new(InitialisationKind.Unknown, null, null, ""));

    /// <summary>Fills a parameter, or all parameters of a module.</summary>
    public void Initialise(Value value, Initialisation initialisation)
    {
        switch (value)
        {
            case Value.Parameter { Target: { } parameter }:
                run.Journal.Initialise(parameter, initialisation);
                break;
            case Value.Reference { Module: { } module }:
                foreach (TracedModule part in WithDescendants(module))
                {
                    run.Journal.Initialise(part.Weight, initialisation);
                    run.Journal.Initialise(part.Bias, initialisation);
                }
                break;
            case Value.Sequence { Items: { } items }:
                foreach (Value item in items.Items.ToArray())
                    Initialise(item, initialisation);
                break;
        }
    }

    /// <summary><c>fc.bias = Parameter(torch.full(...))</c></summary>
    public void SetParameter(TracedModule module, string name, Value value, SyntaxNode node)
    {
        TracedParameter? parameter = name switch { "weight" => module.Weight, "bias" => module.Bias, _ => null };
        if (parameter is null)
            return;
        double? constant = value is Value.Tensor { Layer: { Kind: LayerKind.Constant } layer } ? layer.Value : null;
        run.Journal.Initialise(parameter, new(constant is null ? InitialisationKind.Other : InitialisationKind.Constant, constant, node, "="));
    }

    private static IEnumerable<TracedModule> Inside(Value value) => value switch
    {
        Value.Reference { Module: { } module } => [module],
        Value.Sequence { Items: { } items } => items.Items.SelectMany(Inside),
        _ => [],
    };

    /// <summary>A container may hold itself, or one part at many places: its runs are counted as those of code are.</summary>
    private Value RunChildren(TracedModule module, IReadOnlyList<Value> arguments, Site? site) => run.Deeper(() =>
    {
        Value value = arguments.Count > 0 ? arguments[0] : Value.None;
        foreach (Value child in module.Children.Items.ToArray())
        {
            if (!run.Step())
                return Value.None;
            value = child is Value.Reference { Module: { } part }
                ? Run(part, [value], new(part.Creation, site))
                : NotKnown(value, site ?? new(module.Creation, null));
        }
        return module.Children.IsComplete ? value : NotKnown(value, site ?? new(module.Creation, null));
    });

    private Value.Tensor NotKnown(Value value, Site site) => run.Tensor(LayerKind.Unknown, "", [run.LayerOf(value, site)], site);

    private Value.Tensor RunLayer(TracedModule module, IReadOnlyList<Value> arguments, Site site)
    {
        LayerKind kind = TensorFunctions.KindOf(module.Factory);
        if (kind == LayerKind.Loss)
            return run.Loss(TensorFunctions.LossName(module.Factory), arguments, site, module);
        Layer[] inputs = [.. arguments.Where((value, index) => index == 0 || value is Value.Tensor or Value.Parameter).Select(value => run.LayerOf(value, site))];
        if (kind == LayerKind.ReLU)
            return run.Relu(module.Factory, inputs, site, module);
        return run.Tensor(kind, module.Factory, inputs, site, module);
    }
}
