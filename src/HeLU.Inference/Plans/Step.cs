namespace Helu.Inference.Plans;

/// <summary>One call of a kernel, everything but the addresses bound.</summary>
internal delegate void Step(in RunState state);
