using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>How a parameter was filled last.</summary>
/// <param name="Kind">With what.</param>
/// <param name="Value">The number, where it is one number that is known.</param>
/// <param name="Node">The code that does it; null for the module's own default.</param>
/// <param name="Function">The function's name: <c>kaiming_uniform_</c>, <c>fill_</c>; empty for the default.</param>
internal sealed record Initialisation(InitialisationKind Kind, double? Value, SyntaxNode? Node, string Function)
{
    /// <summary>What TorchSharp's module does itself: uniform between plus and minus 1/sqrt(fan_in), weight and bias of Linear and Conv.</summary>
    public static Initialisation Default { get; } = new(InitialisationKind.Default, null, null, "");
}
