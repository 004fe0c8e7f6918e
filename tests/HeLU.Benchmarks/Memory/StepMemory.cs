namespace Helu.Benchmarks.Memory;

/// <summary>Bytes around one training step.</summary>
/// <param name="Held">Before it: parameters, gradients, the batch; of a process also everything else that is resident.</param>
/// <param name="Forward">When the loss is computed; 0 where that is not measured.</param>
/// <param name="Peak">The most at any time within the step.</param>
internal readonly record struct StepMemory(long Held, long Forward, long Peak)
{
    /// <summary>What the step itself needs.</summary>
    public long Step => Peak - Held;
}
