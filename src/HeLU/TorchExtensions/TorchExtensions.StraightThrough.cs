using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>The straight-through estimator (arXiv 1308.3432): forward max(0, x), and the whole gradient passes everywhere.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>The straight-through estimator (arXiv 1308.3432): forward max(0, x), and the whole gradient passes everywhere. Any shape.</summary>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        public static Modules.StraightThrough StraightThrough(bool inplace = false) => new(inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>The straight-through estimator (arXiv 1308.3432): forward max(0, x), and the whole gradient passes everywhere.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        public static Tensor straight_through(Tensor x, bool inplace = false) => StraightThroughOf().Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>The straight-through estimator (arXiv 1308.3432): forward max(0, x), and the whole gradient passes everywhere.</summary>
        /// <returns>A new tensor of the same shape</returns>
        public Tensor straight_through() => StraightThroughOf().Apply(x);

        /// <summary>In place: the straight-through estimator (arXiv 1308.3432): forward max(0, x), and the whole gradient passes everywhere.</summary>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        public Tensor straight_through_() => StraightThroughOf().ApplyInPlace(x);
    }

    private static ActivationSpec StraightThroughOf() => new(Kind.StraightThrough);
}
