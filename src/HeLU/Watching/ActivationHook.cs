using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Watching;

/// <summary>The forward hooks by which a monitor sees an activation module.</summary>
/// <param name="monitor">What it reports to.</param>
/// <param name="path">Of the module in the watched model.</param>
internal sealed class ActivationHook(DeadUnitMonitor monitor, string path)
{
    public Tensor Before(Module<Tensor, Tensor> module, Tensor x)
    {
        // Not the module that was hooked, where another one runs in its place with its hooks.
        WatchedForward.Of(monitor)?.Input(path, WatchedActivation.Of(module), x);
        return x;
    }

    public Tensor After(Module<Tensor, Tensor> module, Tensor x, Tensor y)
    {
        WatchedForward.Of(monitor)?.Output(y);
        return y;
    }
}
