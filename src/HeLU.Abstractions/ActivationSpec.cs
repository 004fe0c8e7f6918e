using System.ComponentModel;

namespace Helu;

/// <summary>
/// An activation: its kind and the values of the kind's parameters, in the order in which the documentation of <see cref="Helu.Kind"/> names them.
/// Used by generated code.
/// </summary>
/// <param name="Kind">The activation.</param>
/// <param name="P0">The first parameter; 0 for a kind without.</param>
/// <param name="P1">The second parameter; 0 for a kind with fewer.</param>
/// <param name="P2">The third parameter; 0 for a kind with fewer.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ActivationSpec(Kind Kind, double P0 = 0, double P1 = 0, double P2 = 0);
