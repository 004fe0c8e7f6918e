using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>HeLU written the way TorchSharp offers for an activation of one's own: correct, slow.</summary>
internal sealed class HeluFunction : autograd.SingleTensorFunction<HeluFunction>
{
    public override string Name => nameof(HeluFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = (Tensor)vars[0];
        ctx.save_for_backward([x]);
        ctx.save_data("alpha", vars[1]);
        return x.relu();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        Tensor x = ctx.get_saved_variables()[0];
        var alpha = (double)ctx.get_data("alpha");
        Tensor outOfReach = x.dtype == ScalarType.Float64 ? x.le(-alpha) : x.to(ScalarType.Float32).le(-(float)alpha);
        return [grad_output.masked_fill(outOfReach, 0), null!];
    }
}
