using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Swish (arXiv 1710.05941): x·sigmoid(beta·x); with beta 1 it is SiLU.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Swish (arXiv 1710.05941): x·sigmoid(beta·x); with beta 1 it is SiLU. Any shape.</summary>
        /// <param name="beta">The gate's steepness: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public static Modules.Swish Swish(double beta = 1, bool inplace = false) => new(beta, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Swish (arXiv 1710.05941): x·sigmoid(beta·x); with beta 1 it is SiLU.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="beta">The gate's steepness: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public static Tensor swish(Tensor x, double beta = 1, bool inplace = false) => SwishOf(beta).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Swish (arXiv 1710.05941): x·sigmoid(beta·x); with beta 1 it is SiLU.</summary>
        /// <param name="beta">The gate's steepness: above 0, finite. Default: 1</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public Tensor swish(double beta = 1) => SwishOf(beta).Apply(x);

        /// <summary>In place: swish (arXiv 1710.05941): x·sigmoid(beta·x); with beta 1 it is SiLU.</summary>
        /// <param name="beta">The gate's steepness: above 0, finite. Default: 1</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public Tensor swish_(double beta = 1) => SwishOf(beta).ApplyInPlace(x);
    }

    private static ActivationSpec SwishOf(double beta) => new(Kind.SiLU, ParameterValues.Checked(beta, Kind.SiLU));
}
