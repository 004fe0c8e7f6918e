using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>Runs the methods of lists, arrays and LINQ that models are built with.</summary>
/// <param name="run">The trace.</param>
internal sealed class SequenceRunner(TraceRun run)
{
    /// <summary>Null where the method is not one of these, or works on something that is not known.</summary>
    public Value? Call(IMethodSymbol method, Value? instance, IReadOnlyList<Value> arguments, Site site)
    {
        if (method.ContainingType.Name is "Math" or "MathF")
            return Mathematics(method.Name, arguments);
        if (method.ContainingType.Name == "Enumerable")
            return method.Name is "Range" or "Repeat" ? Made(method.Name, arguments) : Query(method.Name, arguments, site);
        if (method.ContainingType.Name is "Console" or "Debug" or "Trace" or "GC" or "String")
            return Value.None;
        return instance is not null && ExpressionRunner.Items(instance) is { } list ? OnList(method.Name, list, arguments) : null;
    }

    private static Value? Mathematics(string name, IReadOnlyList<Value> arguments) => (name, arguments) switch
    {
        ("Max", [Value.Constant { Content: long one }, Value.Constant { Content: long other }]) => Value.Of(Math.Max(one, other)),
        ("Min", [Value.Constant { Content: long one }, Value.Constant { Content: long other }]) => Value.Of(Math.Min(one, other)),
        ("Sqrt", [{ } value]) when Numbers.Real(value) is { } number => Value.Of(Math.Sqrt(number)),
        ("Pow", [{ } value, { } power]) when Numbers.Real(value) is { } number && Numbers.Real(power) is { } exponent => Value.Of(Math.Pow(number, exponent)),
        _ => Value.None,
    };

    private Value? OnList(string name, ValueList list, IReadOnlyList<Value> arguments)
    {
        switch (name, arguments)
        {
            case ("Add" or "Push" or "Enqueue" or "AddLast" or "append", [{ } item]):
                run.Journal.Change(list, items => items.Add(item));
                return Value.None;
            case ("AddRange" or "extend", [{ } more]) when ExpressionRunner.Items(more) is { } added:
                run.Journal.Change(list, items => items.AddRange(added.Items));
                if (!added.IsComplete)
                    run.Journal.MarkIncomplete(list);
                return Value.None;
            case ("Insert", [Value.Constant { Content: long at }, { } item]) when at >= 0 && at <= list.Items.Count:
                run.Journal.Change(list, items => items.Insert((int)at, item));
                return Value.None;
            case ("RemoveAt", [Value.Constant { Content: long at }]) when at >= 0 && at < list.Items.Count:
                run.Journal.Change(list, items => items.RemoveAt((int)at));
                return Value.None;
            case ("ToArray" or "ToList" or "AsReadOnly", []):
                return Copy(list, list.Items);
            case ("Count" or "GetLength", _):
                return list.IsComplete ? Value.Of((long)list.Items.Count) : Value.None;
            default:
                run.Journal.MarkIncomplete(list);
                return Value.None;
        }
    }

    private static Value.Sequence Made(string name, IReadOnlyList<Value> arguments) => (name, arguments) switch
    {
        ("Range", [Value.Constant { Content: long from }, Value.Constant { Content: long count and >= 0 and < 10_000 }]) =>
            new Value.Sequence(new([.. Enumerable.Range(0, (int)count).Select(index => Value.Of(from + index))])),
        ("Repeat", [{ } item, Value.Constant { Content: long count and >= 0 and < 10_000 }]) => new Value.Sequence(new([.. Enumerable.Repeat(item, (int)count)])),
        _ => new Value.Sequence(new([]) { IsComplete = false }),
    };

    private Value? Query(string name, IReadOnlyList<Value> arguments, Site site)
    {
        if (arguments is not [{ } source, ..] || ExpressionRunner.Items(source) is not { } list)
            return null;
        List<Value> items = list.Items;
        Value? second = arguments.Count > 1 ? arguments[1] : null;
        switch (name)
        {
            case "ToArray" or "ToList" or "AsEnumerable" or "Cast" or "OfType":
                return Copy(list, items);
            case "Select" when second is Value.Function function:
                return Copy(list, [.. items.Select((item, index) => run.Expressions.Invoke(function, function.Method.Parameters.Length > 1 ? [item, Value.Of((long)index)] : [item], site))]);
            case "SelectMany" when second is not null:
                return Flattened(list, [.. items.Select(item => run.Expressions.Invoke(second, [item], site))]);
            case "Concat" or "Append" or "Prepend" when second is not null:
                ValueList added = name == "Concat" ? ExpressionRunner.Items(second) ?? new([]) { IsComplete = false } : new([second]);
                return new Value.Sequence(new(name == "Prepend" ? [.. added.Items, .. items] : [.. items, .. added.Items]) { IsComplete = list.IsComplete && added.IsComplete });
            case "Skip" when second is Value.Constant { Content: long count }:
                return Copy(list, [.. items.Skip((int)count)]);
            case "Take" when second is Value.Constant { Content: long count }:
                return Copy(list, [.. items.Take((int)count)]);
            case "Reverse":
                return Copy(list, [.. Enumerable.Reverse(items)]);
            case "Zip" when second is not null && ExpressionRunner.Items(second) is { } other:
                return Copy(list, [.. items.Zip(other.Items, (one, two) => arguments.Count > 2 ? run.Expressions.Invoke(arguments[2], [one, two], site) : new Value.Sequence(new([one, two])))]);
            case "Aggregate" when arguments is [_, { } seed, { } step, ..]:
                return list.IsComplete ? items.Aggregate(seed, (state, item) => run.Expressions.Invoke(step, [state, item], site)) : null;
            case "First" or "FirstOrDefault" when second is null && items.Count > 0:
                return items[0];
            case "Last" or "LastOrDefault" when second is null && list.IsComplete && items.Count > 0:
                return items[items.Count - 1];
            case "Count" when second is null && list.IsComplete:
                return Value.Of((long)items.Count);
            default:
                return null;
        }
    }

    private static Value.Sequence Flattened(ValueList list, IReadOnlyList<Value> parts)
    {
        var flat = new ValueList([]) { IsComplete = list.IsComplete };
        foreach (ValueList? part in parts.Select(ExpressionRunner.Items))
        {
            flat.Items.AddRange(part?.Items ?? []);
            flat.IsComplete &= part is { IsComplete: true };
        }
        return new(flat);
    }

    private static Value.Sequence Copy(ValueList list, IEnumerable<Value> items) => new(new([.. items]) { IsComplete = list.IsComplete });
}
