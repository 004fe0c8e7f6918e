namespace Helu.ModelReading.Layers;

/// <summary>The items of a sequence, which variables share as they share the list itself.</summary>
internal sealed class ValueList(List<Value> items)
{
    public List<Value> Items { get; } = items;

    /// <summary>False where there may be more items, or fewer: a loop of unknown length added to it.</summary>
    public bool IsComplete { get; set; } = true;

    /// <summary>Whether a value is this list or holds it: put into it, the list would have no end.</summary>
    public bool IsIn(Value value) => value is Value.Sequence { Items: { } list } && (ReferenceEquals(list, this) || list.Items.Exists(IsIn));
}
