using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>
/// Writes to variables, lists and parameters, so that both branches of a condition that is not known can be run from the same state and
/// their outcomes joined.
/// </summary>
/// <param name="join">What a variable holds after either of two values was written to it.</param>
internal sealed class Journal(Func<Value, Value, Value> join)
{
    private readonly Stack<Dictionary<object, Entry>> _open = new();

    public void Set(Dictionary<ISymbol, Value> variables, ISymbol variable, Value value)
    {
        Note((variables, variable), () => variables.TryGetValue(variable, out Value? old) ? old : null, old => Restore(variables, variable, (Value?)old));
        variables[variable] = value;
    }

    public void Initialise(TracedParameter parameter, Initialisation initialisation)
    {
        Note(parameter, () => parameter.Initialisation, old => parameter.Initialisation = (Initialisation)old!);
        parameter.Initialisation = initialisation;
    }

    /// <summary>A list that would come to hold itself goes on without that item.</summary>
    public void Change(ValueList list, Action<List<Value>> change)
    {
        Note(list, () => new ListState([.. list.Items], list.IsComplete), old => Restore(list, (ListState)old!));
        change(list.Items);
        if (list.Items.RemoveAll(list.IsIn) > 0)
            list.IsComplete = false;
    }

    public void MarkIncomplete(ValueList list)
    {
        Change(list, static _ => { });
        list.IsComplete = false;
    }

    /// <summary>Runs both branches from the state as it is. Each returns whether it ends by leaving (return, throw, break): the state after it is lost then.</summary>
    /// <returns>Whether both leave.</returns>
    public bool Either(Func<bool> first, Func<bool> second)
    {
        (bool firstLeaves, Dictionary<object, Entry> firstChanges) = Try(first);
        (bool secondLeaves, Dictionary<object, Entry> secondChanges) = Try(second);
        if (firstLeaves && secondLeaves)
            return true;
        foreach (object place in firstChanges.Keys.Concat(secondChanges.Keys).Distinct().ToArray())
        {
            Entry? one = firstChanges.TryGetValue(place, out Entry? changed) ? changed : null;
            Entry? other = secondChanges.TryGetValue(place, out Entry? alsoChanged) ? alsoChanged : null;
            Entry any = one ?? other!;
            object? unchanged = any.Read();
            object? after = (firstLeaves, secondLeaves) switch
            {
                (true, _) => other is null ? unchanged : other.After,
                (_, true) => one is null ? unchanged : one.After,
                _ => Join(one is null ? unchanged : one.After, other is null ? unchanged : other.After),
            };
            Note(place, any.Read, any.Write);
            any.Write(after);
        }
        return false;
    }

    private (bool Leaves, Dictionary<object, Entry> Changes) Try(Func<bool> branch)
    {
        _open.Push([]);
        bool leaves = branch();
        Dictionary<object, Entry> changes = _open.Pop();
        foreach (Entry change in changes.Values)
        {
            change.After = change.Read();
            change.Write(change.Before);
        }
        return (leaves, changes);
    }

    private void Note(object place, Func<object?> read, Action<object?> write)
    {
        if (_open.Count > 0 && !_open.Peek().ContainsKey(place))
            _open.Peek()[place] = new(read, write);
    }

    private object? Join(object? first, object? second) => (first, second) switch
    {
        (Value one, Value other) => join(one, other),
        (Initialisation one, Initialisation other) => one == other ? one : new Initialisation(InitialisationKind.Unknown, null, null, ""),
        (ListState one, ListState other) => one.Items.SequenceEqual(other.Items) && one.IsComplete == other.IsComplete ? one : new ListState(one.Items.Count >= other.Items.Count ? one.Items : other.Items, IsComplete: false),
        _ => first ?? second,
    };

    private static void Restore(Dictionary<ISymbol, Value> variables, ISymbol variable, Value? value)
    {
        if (value is null)
            variables.Remove(variable);
        else
            variables[variable] = value;
    }

    private static void Restore(ValueList list, ListState state)
    {
        list.Items.Clear();
        list.Items.AddRange(state.Items);
        list.IsComplete = state.IsComplete;
    }

    private sealed record ListState(IReadOnlyList<Value> Items, bool IsComplete);

    private sealed class Entry(Func<object?> read, Action<object?> write)
    {
        public object? Before { get; } = read();

        public object? After { get; set; }

        public Func<object?> Read { get; } = read;

        public Action<object?> Write { get; } = write;
    }
}
