namespace Helu.ModelReading;

/// <summary>What became of the ReLUs of a type: each is redirected by one of the calls, or is left for a reason.</summary>
internal sealed class ReluReading
{
    /// <summary>The calls to redirect, in no particular order.</summary>
    public List<SwapCall> Calls { get; } = [];

    /// <summary>The ReLUs that stay.</summary>
    public List<LeftRelu> Left { get; } = [];
}
