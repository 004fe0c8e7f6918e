using System.ComponentModel;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Runtime;

/// <summary>
/// In place of a module's call whose result goes to an activation and nowhere else: the same, and it is noted whether the result is fresh. What the module is,
/// and whether it has hooks, shows at run time only. Called by generated code only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Producer
{
    /// <summary>In place of <c>module.call(x)</c>.</summary>
    public static Tensor call(IModule<Tensor, Tensor> module, Tensor x)
    {
        bool isFresh = FreshOutput.OfCall(module);
        Tensor y = module.call(x);
        FreshTensor.Note(isFresh ? y : null);
        return y;
    }

    /// <summary>In place of <c>module.forward(x)</c>.</summary>
    public static Tensor forward(Module<Tensor, Tensor> module, Tensor x)
    {
        bool isFresh = FreshOutput.OfForward(module);
        Tensor y = module.forward(x);
        FreshTensor.Note(isFresh ? y : null);
        return y;
    }
}
