namespace Helu.Inference.Execution;

/// <summary>Computes a frozen model. Used by one thread at a time.</summary>
internal interface IExecutor : IDisposable
{
    /// <summary>The output's shape for a batch size. May prepare whatever that batch needs; allocates nothing once it has.</summary>
    long[] OutputShape(int batch);

    /// <summary>Reads the inputs (float32, or int64 ids) and writes the output, all of the lengths that belong to <paramref name="batch"/>.</summary>
    void Run(int batch, ReadOnlySpan<nint> inputs, nint output);
}
