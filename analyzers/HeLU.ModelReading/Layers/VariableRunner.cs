using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>Reads and writes locals, parameters, fields and properties.</summary>
/// <param name="run">The trace.</param>
internal sealed class VariableRunner(TraceRun run)
{
    public Value Local(ISymbol variable, ITypeSymbol? type, Frame frame)
    {
        if (frame.Of(variable) is { } owner)
        {
            Value value = owner.Variables[variable];
            return value is Value.Unknown && run.Objects.Assumed(type) is { } assumed ? owner.Variables[variable] = assumed : value;
        }
        // The parameters of a primary constructor are variables of the object.
        return frame.Self is { } self && self.Fields.TryGetValue(variable.OriginalDefinition, out Value? captured) ? captured : Value.None;
    }

    public void Set(ISymbol variable, Value value, Frame frame)
    {
        if (frame.Of(variable) is { } owner)
            run.Journal.Set(owner.Variables, variable, value);
        else if (frame.Self is { } self && self.Fields.ContainsKey(variable.OriginalDefinition))
            run.Journal.Set(self.Fields, variable.OriginalDefinition, value);
        else
            run.Journal.Set(frame.Variables, variable, value);
    }

    public Value Member(Value? instance, IMemberReferenceOperation member, Frame frame)
    {
        ISymbol symbol = member.Member.OriginalDefinition;
        if (symbol.IsStatic)
            return Static(symbol, frame);
        if (instance is Value.Reference { Module: { IsUserClass: false } module } && OfModule(module, symbol.Name) is { } known)
            return known;
        if (symbol.Name == "training" && run.Types.IsTorchSharp(symbol.ContainingType))
            return Value.Of(true);
        if (instance is Value.Reference { Target: { } target })
            return OfObject(target, symbol, member.Type, new(member.Syntax, frame.Site));
        if (symbol.Name is "Length" or "Count" && instance is not null && ExpressionRunner.Items(instance) is { IsComplete: true } list)
            return Value.Of((long)list.Items.Count);
        if (symbol.Name.StartsWith("Item", StringComparison.Ordinal) || symbol is IFieldSymbol { ContainingType.IsTupleType: true })
            return instance is Value.Sequence { Items: { IsComplete: true } items } && TupleIndex(member.Member) is { } index && index < items.Items.Count ? items.Items[index] : Value.None;
        if (symbol.Name == "Length" || !run.IsTensor(member.Type))
            return Value.None;
        return run.Tensor(instance is Value.Tensor ? LayerKind.Reshape : LayerKind.Unknown, symbol.Name, instance is Value.Tensor tensor ? [tensor.Layer] : [], new(member.Syntax, frame.Site));
    }

    public void SetMember(Value? instance, IMemberReferenceOperation member, Value value)
    {
        ISymbol symbol = member.Member.OriginalDefinition;
        if (symbol.IsStatic)
            run.Journal.Set(run.Statics, symbol, value);
        else if (instance is Value.Reference { Module: { IsUserClass: false } module })
            run.Modules.SetParameter(module, symbol.Name, value, member.Syntax.Parent ?? member.Syntax);
        else if (instance is Value.Reference { Target: { } target })
            run.Journal.Set(target.Fields, symbol, value);
    }

    private static Value? OfModule(TracedModule module, string name) => name switch
    {
        "weight" => new Value.Parameter(module.Weight, module),
        "bias" => module.HasBias is false ? Value.Null : new Value.Parameter(module.Bias, module),
        "Count" or "Length" when module.IsContainer && module.Children.IsComplete => Value.Of((long)module.Children.Items.Count),
        _ => null,
    };

    private Value OfObject(TracedObject target, ISymbol symbol, ITypeSymbol? type, Site site)
    {
        if (target.Fields.TryGetValue(symbol, out Value? value))
            return value is Value.Unknown && run.Objects.Assumed(type) is { } assumed ? target.Fields[symbol] = assumed : value;
        if (symbol is IPropertySymbol { GetMethod: { } getter } && Dispatch.Of(getter, target.Type) is { } method && run.CodeOf(method) is { } code)
            return run.Objects.RunCode(code, method, new Frame(target, null, site), []);
        return Value.None;
    }

    private Value Static(ISymbol symbol, Frame frame)
    {
        if (run.Statics.TryGetValue(symbol, out Value? value))
            return value;
        if (run.Types.IsTorchSharp(symbol.ContainingType) || !run.Pending.Add(symbol))
            return Value.None;
        Value initial = Value.None;
        if (run.Objects.InitializerOf(symbol) is { } initializer)
            initial = run.Expressions.Read(initializer, new Frame(null, null, frame.Site));
        else if (symbol is IPropertySymbol { GetMethod: { } getter } && run.CodeOf(getter) is { } code)
            initial = run.Objects.RunCode(code, getter, new Frame(null, null, frame.Site), []);
        run.Pending.Remove(symbol);
        return run.Statics[symbol] = initial;
    }

    private static int? TupleIndex(ISymbol member)
    {
        string name = (member as IFieldSymbol)?.CorrespondingTupleField?.Name ?? member.Name;
        return name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out int number) ? number - 1 : null;
    }
}
