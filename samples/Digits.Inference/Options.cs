namespace Digits.Inference;

/// <summary>What the command line asks for.</summary>
/// <param name="Weights">A safetensors file.</param>
/// <param name="Data">A folder with MNIST's files.</param>
/// <param name="Batch">Images a call, for the throughput.</param>
internal sealed record Options(string Weights, string Data, int Batch, int Threads);
