using static TorchSharp.torch;

namespace Helu.Watching;

/// <summary>A training module that tells <see cref="ActivationWatch.Current"/> of all its activations itself, so that its layers need no hooks for that.</summary>
internal interface IWatchedTraining
{
    /// <summary>The model whose layers it runs.</summary>
    nn.Module Model { get; }
}
