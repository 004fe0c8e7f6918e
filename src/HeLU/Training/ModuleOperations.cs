using Helu.Inference.Graphs.Nodes.Training;
using Helu.Inference.Tracing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Helu.Training;

/// <summary>Modules of the library, run as they are: with hooks by <c>call</c>, else by <c>forward</c> or the same calls of libtorch with less around them.</summary>
internal sealed class ModuleOperations(LiveModel model, Dictionary<Value, int> registers)
{
    private static readonly Scalar s_one = 1L;

    public TrainingOperation Of(ModuleCallNode call)
    {
        if (model.ModuleOf(call.Module) is not nn.Module<Tensor, Tensor> module)
            throw new NotSupportedException($"'{call.Module.Path}' ({call.Module.Type}) is not a module of one tensor, which fused training needs here.");
        (int x, int y) = (registers[call.Inputs[0]], registers[call.Output]);
        Func<Tensor, Tensor> forward = Forward(module);
        var hooks = RegisteredHooks.Of(module);
        return run =>
        {
            if (!hooks.Any)
                return forward(run[x]);
            // A hook may hold on to what it was given.
            run.Keep(x);
            run.Keep(y);
            return module.call(run[x]);
        };
    }

    private static Func<Tensor, Tensor> Forward(nn.Module<Tensor, Tensor> module) => module switch
    {
        Conv2d { padding_mode: PaddingModes.Zeros, padding_type: null } conv => Convolution(conv),
        BatchNorm norm => x => Normalise(norm, x),
        _ => module.forward,
    };

    /// <summary>Conv2d.forward makes four arrays to check the shape, which the recording has done.</summary>
    private static Func<Tensor, Tensor> Convolution(Conv2d conv)
    {
        (long[] stride, long[] padding, long[] dilation, long groups) = (conv.stride, conv.padding!, conv.dilation, conv.groups);
        return x => F.conv2d(x, conv.weight, conv.bias, stride, padding, dilation, groups);
    }

    /// <summary>What BatchNorm.forward does while it trains with a fixed momentum, without a new scalar to count with.</summary>
    private static Tensor Normalise(BatchNorm norm, Tensor x)
    {
        if (norm is not { training: true, track_running_stats: true, momentum: { } momentum, num_batches_tracked: { } count })
            return norm.forward(x);
        count.add_(s_one, s_one);
        return F.batch_norm(x, norm.running_mean, norm.running_var, norm.weight, norm.bias, training: true, momentum, norm.eps);
    }
}
