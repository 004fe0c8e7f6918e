using System.ComponentModel;

namespace Helu.Runtime;

/// <summary>What the generator knows of the tensor that a swapped call takes. Used by generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum Argument
{
    /// <summary>Others may hold it: it stays as it is.</summary>
    Kept,

    /// <summary>A new tensor that only the call holds, and whose producer does not need it for the gradient: <c>a + b</c>, <c>functional.linear(..)</c>.</summary>
    Fresh,

    /// <summary>What a module returned right before, in a call that goes through <see cref="Producer"/>: fresh where that saw it so.</summary>
    Noted,
}
