using static TorchSharp.torch;

namespace Helu.Benchmarks;

/// <summary>HeLU written the way TorchSharp offers for an activation of one's own.</summary>
internal sealed class CustomFunction : autograd.SingleTensorFunction<CustomFunction>
{
    public override string Name => nameof(CustomFunction);

    public static Tensor Helu(Tensor x) => apply(x, .05);

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
        return [grad_output * x.gt((double)ctx.get_data("alpha") * -1), null!];
    }
}
