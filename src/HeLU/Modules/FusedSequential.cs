using Helu.Runtime;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Modules;

/// <summary>
/// The <c>Sequential</c> of annotated code: the same children, names, state dict and results as <see cref="TorchSharp.Modules.Sequential"/>. An activation after Linear, Conv, ConvTranspose
/// or BatchNorm overwrites the layer's output where that changes nothing that can be seen: where neither has forward hooks.
/// </summary>
/// <remarks>
/// As in <see cref="TorchSharp.Modules.Sequential"/>, what a child returned is disposed once the next one has run, whoever else holds it. Here it is disposed too where the next
/// one throws, and a child that returns its own input gives it on: the caller's input is never disposed.
/// </remarks>
public sealed class FusedSequential : Sequential
{
    internal FusedSequential(params Module<Tensor, Tensor>[] modules)
        : base(modules)
    {
    }

    internal FusedSequential(params (string Name, Module<Tensor, Tensor> Module)[] modules)
        : base(modules)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor)
    {
        if (Count == 0)
            return tensor.alias();
        Tensor current = tensor;
        bool isFresh = false;
        for (int i = 0; i < Count; i++)
        {
            IModule<Tensor, Tensor> child = this[i];
            bool givesFresh = FreshOutput.OfCall(child);
            current = Run(child, current, isFresh, isCallers: ReferenceEquals(current, tensor));
            isFresh = givesFresh;
        }
        return current;
    }

    private static Tensor Run(IModule<Tensor, Tensor> child, Tensor x, bool isFresh, bool isCallers)
    {
        Tensor? y = null;
        try
        {
            return y = isFresh && InPlaceActivation.Of(child) is { } spec ? spec.Consume(x) : child.call(x);
        }
        finally
        {
            if (!isCallers && !ReferenceEquals(x, y))
                x.Dispose();
        }
    }
}
