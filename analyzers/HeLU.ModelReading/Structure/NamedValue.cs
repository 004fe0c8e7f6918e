using Helu.ModelReading.Forward;

namespace Helu.ModelReading.Structure;

/// <summary>A constant argument, or the constant value of a field.</summary>
/// <param name="Name">The parameter's or the field's name.</param>
/// <param name="Value">A constant, or an array or tuple of constants.</param>
internal sealed record NamedValue(string Name, Expression Value);
