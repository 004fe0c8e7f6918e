using Helu.ModelReading.Forward;
using Helu.ModelReading.Structure;

namespace Helu.Generators.Inference;

/// <summary>A model that inference code is written for, as plain values: equal where nothing to emit has changed.</summary>
/// <param name="Name">Its full metadata name.</param>
/// <param name="FileName">Its part of the generated file's name, different from every other model's.</param>
/// <param name="Model">What it computes.</param>
/// <param name="Structure">The modules that its constructor builds.</param>
internal sealed record InferenceClass(string Name, string FileName, ModelForward Model, StructureReading Structure);
