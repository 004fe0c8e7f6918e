namespace Helu.ModelReading.Forward;

/// <summary>An input of a model.</summary>
/// <param name="Name">The name of forward's parameter.</param>
/// <param name="IsIndex">Whether it holds ids for an Embedding.</param>
internal sealed record ForwardInput(string Name, bool IsIndex);
