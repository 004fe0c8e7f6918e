using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Benchmarks.Ratios;

/// <summary>HeLU as one would write it by hand in TorchSharp: a custom autograd function.</summary>
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
        using Tensor mask = x.gt((double)ctx.get_data("alpha") * -1);
        return [grad_output.mul(mask), new Tensor(IntPtr.Zero)];
    }
}
