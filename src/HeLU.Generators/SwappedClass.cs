using Helu.ModelReading;

namespace Helu.Generators;

/// <summary>A class whose calls are redirected, as plain values: equal where nothing to emit has changed.</summary>
/// <param name="Name">Its full metadata name.</param>
/// <param name="FileName">Its part of the generated file's name, different from every other class's.</param>
/// <param name="Sites">The calls that become activations, in order of place.</param>
/// <param name="Producers">The calls of modules whose results they take, in order of place.</param>
internal sealed record SwappedClass(string Name, string FileName, EquatableArray<SwapSite> Sites, EquatableArray<ProducerSite> Producers);
