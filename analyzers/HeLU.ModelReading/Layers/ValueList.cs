namespace Helu.ModelReading.Layers;

/// <summary>The items of a sequence, which variables share as they share the list itself.</summary>
internal sealed class ValueList(List<Value> items)
{
    public List<Value> Items { get; } = items;

    /// <summary>False where there may be more items, or fewer: a loop of unknown length added to it.</summary>
    public bool IsComplete { get; set; } = true;
}
