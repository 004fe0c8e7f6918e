using Helu.Activations;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Hysteresis ReLU.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Hysteresis ReLU (arXiv 2411.10573): forward max(0, x), gradient where x &gt; -alpha. Any shape.</summary>
        /// <param name="alpha">How far below zero the gradient still passes: 0 or more, finite. 0 is ReLU. Default: 0.05</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">alpha is negative, NaN or infinite.</exception>
        public static Modules.HeLU HeLU(double alpha = 0.05, bool inplace = false) => new(Hysteresis.Checked(alpha), inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Hysteresis ReLU (arXiv 2411.10573): forward max(0, x), gradient where x &gt; -alpha.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="alpha">How far below zero the gradient still passes: 0 or more, finite. 0 is ReLU. Default: 0.05</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">alpha is negative, NaN or infinite.</exception>
        public static Tensor helu(Tensor x, double alpha = 0.05, bool inplace = false) =>
            Hysteresis.Apply(x, Hysteresis.Checked(alpha), inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Hysteresis ReLU (arXiv 2411.10573): forward max(0, x), gradient where x &gt; -alpha.</summary>
        /// <param name="alpha">How far below zero the gradient still passes: 0 or more, finite. 0 is ReLU. Default: 0.05</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">alpha is negative, NaN or infinite.</exception>
        public Tensor helu(double alpha = 0.05) => Hysteresis.Apply(x, Hysteresis.Checked(alpha));

        /// <summary>Hysteresis ReLU in place (arXiv 2411.10573): forward max(0, x), gradient where x &gt; -alpha.</summary>
        /// <param name="alpha">How far below zero the gradient still passes: 0 or more, finite. 0 is ReLU. Default: 0.05</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">alpha is negative, NaN or infinite.</exception>
        public Tensor helu_(double alpha = 0.05) => Hysteresis.ApplyInPlace(x, Hysteresis.Checked(alpha));
    }
}
