using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Helu.ModelReading.Layers;

/// <summary>What an expression gives in a trace, as far as that is known when compiling.</summary>
internal abstract class Value
{
    private Value()
    {
    }

    public static Value None { get; } = new Unknown();

    public static Value Null { get; } = new Constant(null);

    public static Value Of(object? constant) => new Constant(constant);

    /// <summary>Not known.</summary>
    public sealed class Unknown : Value;

    /// <summary>A number, text, truth value or null. Whole numbers are <see langword="long"/>, others <see langword="double"/>.</summary>
    public sealed class Constant(object? content) : Value
    {
        public object? Content { get; } = content;
    }

    /// <summary>An array, list, tuple or other sequence.</summary>
    public sealed class Sequence(ValueList items) : Value
    {
        public ValueList Items { get; } = items;
    }

    /// <summary>A module or another object.</summary>
    public sealed class Reference(TracedObject target) : Value
    {
        public TracedObject Target { get; } = target;

        public TracedModule? Module => Target as TracedModule;
    }

    /// <summary>A tensor that a layer gives.</summary>
    public sealed class Tensor(Layer layer) : Value
    {
        public Layer Layer { get; } = layer;
    }

    /// <summary>A weight or bias of a module.</summary>
    public sealed class Parameter(TracedParameter target, TracedModule owner) : Value
    {
        public TracedParameter Target { get; } = target;

        public TracedModule Owner { get; } = owner;
    }

    /// <summary>A lambda, local function or method group.</summary>
    public sealed class Function(IMethodSymbol method, IOperation? body, Frame? captured, TracedObject? instance) : Value
    {
        public IMethodSymbol Method { get; } = method;

        public IOperation? Body { get; } = body;

        public Frame? Captured { get; } = captured;

        public TracedObject? Instance { get; } = instance;
    }
}
