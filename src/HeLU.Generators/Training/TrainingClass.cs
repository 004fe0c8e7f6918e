using Helu.ModelReading.Forward;

namespace Helu.Generators.Training;

/// <summary>A model that training code is written for, as plain values: equal where nothing to emit has changed.</summary>
/// <param name="Name">Its full metadata name.</param>
/// <param name="FileName">Its part of the generated file's name, different from every other model's.</param>
/// <param name="Model">What it computes.</param>
/// <param name="IsAsInferred">Whether it is the same as at inference, so that the forward is written there.</param>
internal sealed record TrainingClass(string Name, string FileName, ModelForward Model, bool IsAsInferred);
