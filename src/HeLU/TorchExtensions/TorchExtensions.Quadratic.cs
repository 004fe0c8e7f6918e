using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>a·x² + b·x + c; by default the parabola closest to ReLU on standard normal inputs.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>a·x² + b·x + c; by default the parabola closest to ReLU on standard normal inputs. Any shape.</summary>
        /// <param name="a">The coefficient of x²: finite. Default: 1/(2√(2π))</param>
        /// <param name="b">The coefficient of x: finite. Default: 0.5</param>
        /// <param name="c">The constant: finite. Default: 1/(2√(2π))</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">a, b or c is not finite.</exception>
        public static Modules.Quadratic Quadratic(double a = KindParameters.Hermite, double b = 0.5, double c = KindParameters.Hermite, bool inplace = false) => new(a, b, c, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>a·x² + b·x + c; by default the parabola closest to ReLU on standard normal inputs.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="a">The coefficient of x²: finite. Default: 1/(2√(2π))</param>
        /// <param name="b">The coefficient of x: finite. Default: 0.5</param>
        /// <param name="c">The constant: finite. Default: 1/(2√(2π))</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">a, b or c is not finite.</exception>
        public static Tensor quadratic(Tensor x, double a = KindParameters.Hermite, double b = 0.5, double c = KindParameters.Hermite, bool inplace = false) => QuadraticOf(a, b, c).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>a·x² + b·x + c; by default the parabola closest to ReLU on standard normal inputs.</summary>
        /// <param name="a">The coefficient of x²: finite. Default: 1/(2√(2π))</param>
        /// <param name="b">The coefficient of x: finite. Default: 0.5</param>
        /// <param name="c">The constant: finite. Default: 1/(2√(2π))</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">a, b or c is not finite.</exception>
        public Tensor quadratic(double a = KindParameters.Hermite, double b = 0.5, double c = KindParameters.Hermite) => QuadraticOf(a, b, c).Apply(x);

        /// <summary>In place: a·x² + b·x + c; by default the parabola closest to ReLU on standard normal inputs.</summary>
        /// <param name="a">The coefficient of x²: finite. Default: 1/(2√(2π))</param>
        /// <param name="b">The coefficient of x: finite. Default: 0.5</param>
        /// <param name="c">The constant: finite. Default: 1/(2√(2π))</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">a, b or c is not finite.</exception>
        public Tensor quadratic_(double a = KindParameters.Hermite, double b = 0.5, double c = KindParameters.Hermite) => QuadraticOf(a, b, c).ApplyInPlace(x);
    }

    private static ActivationSpec QuadraticOf(double a, double b, double c) => new(Kind.Quadratic, ParameterValues.Checked(a, Kind.Quadratic), ParameterValues.Checked(b, Kind.Quadratic, 1), ParameterValues.Checked(c, Kind.Quadratic, 2));
}
