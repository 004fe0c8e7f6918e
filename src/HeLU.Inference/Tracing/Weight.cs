namespace Helu.Inference.Tracing;

/// <summary>A parameter or buffer.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Data">Row-major.</param>
internal sealed record Weight(long[] Shape, float[] Data);
