using Helu.ModelReading.Forward;

namespace Helu.ModelReading.Structure;

/// <summary>What an expression of a constructor gives: a constant, a module, or neither.</summary>
internal sealed class Built
{
    private Built()
    {
    }

    public static Built Null { get; } = Of(Expression.Constant.Null);

    /// <summary>The constant, or an array or tuple of constants.</summary>
    public Expression? Value { get; private init; }

    public ModuleStructure? Module { get; private init; }

    /// <summary>What is not a constant, and where it stands.</summary>
    public string? Fault { get; private init; }

    /// <summary>Whether a module was put into a container or a field: it can only stand in one.</summary>
    public bool IsPlaced { get; set; }

    public bool IsNull => Value is Expression.Constant { Value: null };

    public static Built Of(Expression value) => new() { Value = value };

    public static Built Of(object? constant) => new() { Value = new Expression.Constant(constant) };

    public static Built Of(ModuleStructure module) => new() { Module = module };

    public static Built Unknown(string fault) => new() { Fault = fault };
}
