using static TorchSharp.torch;

namespace Helu.Freezing;

/// <summary>Computes a node from its first two inputs, or from <paramref name="all"/> where it has more.</summary>
internal delegate Tensor TorchOperation(Tensor x, Tensor? other, Tensor[] all);
