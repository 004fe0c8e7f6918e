using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Gompertz linear unit (arXiv 2502.03654): x·exp(-exp(-x)).</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Gompertz linear unit (arXiv 2502.03654): x·exp(-exp(-x)). Any shape.</summary>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        public static Modules.GoLU GoLU(bool inplace = false) => new(inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Gompertz linear unit (arXiv 2502.03654): x·exp(-exp(-x)).</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        public static Tensor golu(Tensor x, bool inplace = false) => GoLUOf().Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Gompertz linear unit (arXiv 2502.03654): x·exp(-exp(-x)).</summary>
        /// <returns>A new tensor of the same shape</returns>
        public Tensor golu() => GoLUOf().Apply(x);

        /// <summary>In place: gompertz linear unit (arXiv 2502.03654): x·exp(-exp(-x)).</summary>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        public Tensor golu_() => GoLUOf().ApplyInPlace(x);
    }

    private static ActivationSpec GoLUOf() => new(Kind.GoLU);
}
