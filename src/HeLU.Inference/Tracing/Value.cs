using System.ComponentModel;
using Helu.Inference.Graphs;

namespace Helu.Inference.Tracing;

/// <summary>A tensor of a forward that is being recorded: it has a shape, and no contents. Used by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Value
{
    private readonly Memory _memory;

    internal Value(long[] shape, Node? producer, Value? aliasOf = null)
    {
        this.shape = shape;
        Producer = producer;
        _memory = aliasOf?._memory ?? new Memory();
    }

    /// <summary>The sizes, the batch's included.</summary>
    public long[] shape { get; }

    /// <summary>The number of dimensions.</summary>
    public long dim => shape.Length;

    /// <summary>The number of elements.</summary>
    public long numel => Shapes.Count(shape);

    /// <summary>What computes it; null for an input of the model.</summary>
    internal Node? Producer { get; set; }

    /// <summary>Whether it holds int64 ids for an embedding.</summary>
    internal bool IsIndex { get; init; }

    /// <summary>What a read finds here now: an in-place operation puts another value in this one's place.</summary>
    /// <exception cref="NotSupportedException">An in-place operation went through another view of the same memory.</exception>
    internal Value Latest
    {
        get
        {
            Value value = this;
            while (value._memory.Overwritten is { } overwritten)
            {
                value = overwritten.View == value
                    ? overwritten.By
                    : throw new NotSupportedException(
                        $"A tensor {Shapes.Text(shape)} is read after an in-place operation on a reshaped view of the same memory; use the operation's result, or its form without the underscore.");
            }
            return value;
        }
    }

    /// <summary>The size of dimension <paramref name="dim"/>, negative ones counted from the end.</summary>
    /// <exception cref="ArgumentException">There is no such dimension.</exception>
    public long size(long dim) => shape[Shapes.Dimension(dim, shape.Length, nameof(size))];

    /// <summary>Whether both are views of the same memory, or one of the other.</summary>
    internal bool SharesMemory(Value other) => _memory == other._memory;

    /// <summary>Every later read of this value finds <paramref name="value"/>.</summary>
    internal void Overwrite(Value value)
    {
        Value target = Latest;
        if (value.Latest != target)
            target._memory.Overwritten = (target, value);
    }

    /// <summary>What views share.</summary>
    private sealed class Memory
    {
        public (Value View, Value By)? Overwritten { get; set; }
    }
}
