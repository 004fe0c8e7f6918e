using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Forward max(0, x), backward the gradient of LeakyReLU: 1 where x &gt; 0, else slope.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Forward max(0, x), backward the gradient of LeakyReLU: 1 where x &gt; 0, else slope. Any shape.</summary>
        /// <param name="slope">The gradient where x ≤ 0: finite. Default: 0.01</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite.</exception>
        public static Modules.LeakyBackward LeakyBackward(double slope = 0.01, bool inplace = false) => new(slope, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Forward max(0, x), backward the gradient of LeakyReLU: 1 where x &gt; 0, else slope.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="slope">The gradient where x ≤ 0: finite. Default: 0.01</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite.</exception>
        public static Tensor leaky_backward(Tensor x, double slope = 0.01, bool inplace = false) => LeakyBackwardOf(slope).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Forward max(0, x), backward the gradient of LeakyReLU: 1 where x &gt; 0, else slope.</summary>
        /// <param name="slope">The gradient where x ≤ 0: finite. Default: 0.01</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite.</exception>
        public Tensor leaky_backward(double slope = 0.01) => LeakyBackwardOf(slope).Apply(x);

        /// <summary>In place: forward max(0, x), backward the gradient of LeakyReLU: 1 where x &gt; 0, else slope.</summary>
        /// <param name="slope">The gradient where x ≤ 0: finite. Default: 0.01</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite.</exception>
        public Tensor leaky_backward_(double slope = 0.01) => LeakyBackwardOf(slope).ApplyInPlace(x);
    }

    private static ActivationSpec LeakyBackwardOf(double slope) => new(Kind.LeakyBackward, ParameterValues.Checked(slope, Kind.LeakyBackward));
}
