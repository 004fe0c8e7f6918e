using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>The straight-through estimator within a window (arXiv 1602.02830): forward max(0, x), gradient where |x| ≤ clip, else 0.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>The straight-through estimator within a window (arXiv 1602.02830): forward max(0, x), gradient where |x| ≤ clip, else 0. Any shape.</summary>
        /// <param name="clip">Half the width of the window: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">clip is 0 or less, NaN or infinite.</exception>
        public static Modules.ClippedStraightThrough ClippedStraightThrough(double clip = 1, bool inplace = false) => new(clip, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>The straight-through estimator within a window (arXiv 1602.02830): forward max(0, x), gradient where |x| ≤ clip, else 0.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="clip">Half the width of the window: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">clip is 0 or less, NaN or infinite.</exception>
        public static Tensor clipped_straight_through(Tensor x, double clip = 1, bool inplace = false) => ClippedStraightThroughOf(clip).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>The straight-through estimator within a window (arXiv 1602.02830): forward max(0, x), gradient where |x| ≤ clip, else 0.</summary>
        /// <param name="clip">Half the width of the window: above 0, finite. Default: 1</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">clip is 0 or less, NaN or infinite.</exception>
        public Tensor clipped_straight_through(double clip = 1) => ClippedStraightThroughOf(clip).Apply(x);

        /// <summary>In place: the straight-through estimator within a window (arXiv 1602.02830): forward max(0, x), gradient where |x| ≤ clip, else 0.</summary>
        /// <param name="clip">Half the width of the window: above 0, finite. Default: 1</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">clip is 0 or less, NaN or infinite.</exception>
        public Tensor clipped_straight_through_(double clip = 1) => ClippedStraightThroughOf(clip).ApplyInPlace(x);
    }

    private static ActivationSpec ClippedStraightThroughOf(double clip) => new(Kind.ClippedStraightThrough, ParameterValues.Checked(clip, Kind.ClippedStraightThrough));
}
