using Helu.Generators.Inference;
using Helu.Generators.Training;
using Helu.ModelReading;

namespace Helu.Generators;

/// <summary>What was read behind one <c>[Activation]</c>.</summary>
/// <param name="Swapped">The classes whose calls are redirected.</param>
/// <param name="Models">The models that it speaks for and that can be specialised for inference.</param>
/// <param name="Trained">Those that can be fused for training.</param>
internal sealed record AnnotatedCode(EquatableArray<SwappedClass> Swapped, EquatableArray<InferenceClass> Models, EquatableArray<TrainingClass> Trained);
