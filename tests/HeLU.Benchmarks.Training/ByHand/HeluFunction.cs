using static TorchSharp.torch;

namespace Helu.Benchmarks.Training.Models;

/// <summary>HeLU as TorchSharp's users write an activation of their own.</summary>
public sealed class HeluFunction : autograd.SingleTensorFunction<HeluFunction>
{
    private const double Alpha = .05;

    /// <inheritdoc/>
    public override string Name => nameof(HeluFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = (Tensor)vars[0];
        ctx.save_for_backward([x]);
        return x.relu();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        Tensor x = ctx.get_saved_variables()[0];
        return [grad_output * x.gt(-Alpha)];
    }
}
