using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Surrogate gradient (arXiv 2505.22074): forward max(0, x), backward the gradient of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Surrogate gradient (arXiv 2505.22074): forward max(0, x), backward the gradient of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2. Any shape.</summary>
        /// <param name="alpha">B-SiLU's shift: above 0, finite. Default: 1.67</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">alpha is 0 or less, NaN or infinite.</exception>
        public static Modules.SUGAR SUGAR(double alpha = 1.67, bool inplace = false) => new(alpha, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Surrogate gradient (arXiv 2505.22074): forward max(0, x), backward the gradient of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="alpha">B-SiLU's shift: above 0, finite. Default: 1.67</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">alpha is 0 or less, NaN or infinite.</exception>
        public static Tensor sugar(Tensor x, double alpha = 1.67, bool inplace = false) => SUGAROf(alpha).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Surrogate gradient (arXiv 2505.22074): forward max(0, x), backward the gradient of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2.</summary>
        /// <param name="alpha">B-SiLU's shift: above 0, finite. Default: 1.67</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">alpha is 0 or less, NaN or infinite.</exception>
        public Tensor sugar(double alpha = 1.67) => SUGAROf(alpha).Apply(x);

        /// <summary>In place: surrogate gradient (arXiv 2505.22074): forward max(0, x), backward the gradient of B-SiLU, (x + alpha)·sigmoid(x) - alpha/2.</summary>
        /// <param name="alpha">B-SiLU's shift: above 0, finite. Default: 1.67</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">alpha is 0 or less, NaN or infinite.</exception>
        public Tensor sugar_(double alpha = 1.67) => SUGAROf(alpha).ApplyInPlace(x);
    }

    private static ActivationSpec SUGAROf(double alpha) => new(Kind.SUGAR, ParameterValues.Checked(alpha, Kind.SUGAR));
}
