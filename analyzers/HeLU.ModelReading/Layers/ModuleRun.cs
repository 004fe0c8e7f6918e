namespace Helu.ModelReading.Layers;

/// <summary>That a module was run.</summary>
/// <param name="Module">The module.</param>
/// <param name="Output">What it gave.</param>
/// <param name="First">The position of its first layer among all layers of the trace.</param>
/// <param name="Count">How many layers it ran.</param>
internal sealed record ModuleRun(TracedModule Module, Value Output, int First, int Count);
