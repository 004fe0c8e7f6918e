using Helu.Runtime;
using static TorchSharp.torch;

namespace Helu.Watching;

/// <summary>Is told of every activation that a watched forward computes.</summary>
internal interface IActivationWatcher
{
    /// <summary>Before the activation: <paramref name="x"/> may be overwritten right after.</summary>
    /// <param name="layer">Where the activation stands: a module's path, or the generator's label of a call.</param>
    /// <param name="spec">What will be computed.</param>
    /// <param name="x">The pre-activation, any shape; the watcher neither keeps nor changes it.</param>
    void Input(string layer, ActivationSpec spec, Tensor x);

    /// <summary>After the activation.</summary>
    /// <param name="layer">As given to the call of <see cref="Input"/> before.</param>
    /// <param name="y">The result, of x's shape; the watcher neither keeps nor changes it.</param>
    void Output(string layer, Tensor y);
}
