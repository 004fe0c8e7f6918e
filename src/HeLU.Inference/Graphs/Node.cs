using Helu.Inference.Plans;
using Helu.Inference.Tracing;

namespace Helu.Inference.Graphs;

/// <summary>One operation of a recorded forward. All values are float32, contiguous, row-major.</summary>
internal abstract class Node
{
    protected Node(long[] outputShape, params Value[] inputs)
    {
        Inputs = [.. inputs.Select(input => input.Latest)];
        Output = new(outputShape, this, ViewOf);
    }

    /// <summary>What it reads, in order; passes may replace elements.</summary>
    public Value[] Inputs { get; private set; }

    /// <summary>What it writes; passes may hand it the output of a node that it absorbed.</summary>
    public Value Output { get; private set; }

    /// <summary>The value of which the output is a view in PyTorch: an in-place operation on one changes the other.</summary>
    public virtual Value? ViewOf => null;

    /// <summary>The value whose memory the output names too: a reshape moves nothing.</summary>
    public virtual Value? AliasOf => null;

    /// <summary>Whether the output may overwrite input <paramref name="index"/>: each element is read before, or when, it is written.</summary>
    public virtual bool CanOverwrite(int index) => false;

    /// <summary>Makes the step that computes the output on the managed kernels.</summary>
    public abstract Step? Compile(PlanBuilder builder);

    /// <summary>From now on this node writes what <paramref name="absorbed"/>, which reads this node's output alone, wrote.</summary>
    public void Absorb(Node absorbed)
    {
        Output = absorbed.Output;
        Output.Producer = this;
    }

    protected void AddInput(Value input) => Inputs = [.. Inputs, input];
}
