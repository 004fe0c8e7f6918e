using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>max(0, x)² (arXiv 2109.08668).</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>max(0, x)² (arXiv 2109.08668). Any shape.</summary>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        public static Modules.SquaredReLU SquaredReLU(bool inplace = false) => new(inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>max(0, x)² (arXiv 2109.08668).</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        public static Tensor squared_relu(Tensor x, bool inplace = false) => SquaredReLUOf().Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>max(0, x)² (arXiv 2109.08668).</summary>
        /// <returns>A new tensor of the same shape</returns>
        public Tensor squared_relu() => SquaredReLUOf().Apply(x);

        /// <summary>In place: max(0, x)² (arXiv 2109.08668).</summary>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        public Tensor squared_relu_() => SquaredReLUOf().ApplyInPlace(x);
    }

    private static ActivationSpec SquaredReLUOf() => new(Kind.SquaredReLU);
}
