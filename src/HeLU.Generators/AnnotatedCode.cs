using Helu.Generators.Inference;
using Helu.ModelReading;

namespace Helu.Generators;

/// <summary>What was read behind one <c>[Activation]</c>.</summary>
/// <param name="Swapped">The classes whose calls are redirected.</param>
/// <param name="Models">The models that it speaks for.</param>
internal sealed record AnnotatedCode(EquatableArray<SwappedClass> Swapped, EquatableArray<InferenceClass> Models);
