using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs.Nodes;

/// <summary>A node that runs a module with weights and a bias, can add a residual and applies an activation: act(W·x + b + residual).</summary>
internal abstract class WeightedNode(ModuleNode module, long[] outputShape, Value x) : EpilogueNode(outputShape, x)
{
    public ModuleNode Module { get; } = module;

    /// <summary>A value of the output's shape that is added before the activation.</summary>
    public Value? Residual => Inputs.Length > 1 ? Inputs[1] : null;

    /// <summary>The kernels read each element of the residual right before they write that of the output.</summary>
    public override bool CanOverwrite(int index) => index == 1;

    /// <summary>How its weight's output channels lie: which dimension of the weight they are.</summary>
    public virtual int OutputDimension => 0;

    public void AddResidual(Value residual) => AddInput(residual);

    protected ReadOnlySpan<float> Weight => Module.Weights["weight"].Data;

    protected ReadOnlySpan<float> Bias => Module.Weights.TryGetValue("bias", out Weight? bias) ? bias.Data : [];
}
