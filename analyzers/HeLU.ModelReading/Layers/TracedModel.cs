using Microsoft.CodeAnalysis;

namespace Helu.ModelReading.Layers;

/// <summary>A model with its forward run once on inputs that nothing is known of, in training mode.</summary>
/// <param name="Module">The model class or Sequential.</param>
/// <param name="Outputs">What forward returns: one tensor, or those of a tuple. Empty where it is not understood.</param>
/// <param name="Layers">All layers that ran, in order, also those that no output depends on.</param>
/// <param name="Declarations">The code that the trace belongs to: the parts of the class, or the method that builds the Sequential.</param>
internal sealed record TracedModel(TracedModule Module, IReadOnlyList<Layer> Outputs, IReadOnlyList<Layer> Layers, IReadOnlyCollection<SyntaxNode> Declarations);
