using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Smooth activation unit (arXiv 2109.13210): LeakyReLU convolved with a normal density.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Smooth activation unit (arXiv 2109.13210): LeakyReLU convolved with a normal density. Any shape.</summary>
        /// <param name="slope">LeakyReLU's slope below zero: finite. Default: 0.15</param>
        /// <param name="sigma">The density's standard deviation: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite or sigma is 0 or less, NaN or infinite.</exception>
        public static Modules.SAU SAU(double slope = 0.15, double sigma = 1, bool inplace = false) => new(slope, sigma, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Smooth activation unit (arXiv 2109.13210): LeakyReLU convolved with a normal density.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="slope">LeakyReLU's slope below zero: finite. Default: 0.15</param>
        /// <param name="sigma">The density's standard deviation: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite or sigma is 0 or less, NaN or infinite.</exception>
        public static Tensor sau(Tensor x, double slope = 0.15, double sigma = 1, bool inplace = false) => SAUOf(slope, sigma).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Smooth activation unit (arXiv 2109.13210): LeakyReLU convolved with a normal density.</summary>
        /// <param name="slope">LeakyReLU's slope below zero: finite. Default: 0.15</param>
        /// <param name="sigma">The density's standard deviation: above 0, finite. Default: 1</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite or sigma is 0 or less, NaN or infinite.</exception>
        public Tensor sau(double slope = 0.15, double sigma = 1) => SAUOf(slope, sigma).Apply(x);

        /// <summary>In place: smooth activation unit (arXiv 2109.13210): LeakyReLU convolved with a normal density.</summary>
        /// <param name="slope">LeakyReLU's slope below zero: finite. Default: 0.15</param>
        /// <param name="sigma">The density's standard deviation: above 0, finite. Default: 1</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">slope is not finite or sigma is 0 or less, NaN or infinite.</exception>
        public Tensor sau_(double slope = 0.15, double sigma = 1) => SAUOf(slope, sigma).ApplyInPlace(x);
    }

    private static ActivationSpec SAUOf(double slope, double sigma) =>
        new(Kind.SAU, ParameterValues.Checked(slope, Kind.SAU), ParameterValues.Checked(sigma, Kind.SAU, 1));
}
