using Helu.Activations;
using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu;

/// <content>Smooth ReLU (arXiv 2010.09931): 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</content>
public static partial class TorchExtensions
{
    extension(torch.nn)
    {
        /// <summary>Smooth ReLU (arXiv 2010.09931): 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta. Any shape.</summary>
        /// <param name="beta">Half the width of the parabola: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public static Modules.SmeLU SmeLU(double beta = 1, bool inplace = false) => new(beta, inplace);
    }

    extension(torch.nn.functional)
    {
        /// <summary>Smooth ReLU (arXiv 2010.09931): 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</summary>
        /// <param name="x">The input tensor, of any shape</param>
        /// <param name="beta">Half the width of the parabola: above 0, finite. Default: 1</param>
        /// <param name="inplace">Do the operation in-place. Default: False</param>
        /// <returns>A tensor of x's shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public static Tensor smelu(Tensor x, double beta = 1, bool inplace = false) => SmeLUOf(beta).Apply(x, inplace);
    }

    extension(Tensor x)
    {
        /// <summary>Smooth ReLU (arXiv 2010.09931): 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</summary>
        /// <param name="beta">Half the width of the parabola: above 0, finite. Default: 1</param>
        /// <returns>A new tensor of the same shape</returns>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public Tensor smelu(double beta = 1) => SmeLUOf(beta).Apply(x);

        /// <summary>In place: smooth ReLU (arXiv 2010.09931): 0 where x ≤ -beta, (x + beta)²/(4·beta) between, x where x ≥ beta.</summary>
        /// <param name="beta">Half the width of the parabola: above 0, finite. Default: 1</param>
        /// <returns>The same tensor object: don't dispose it twice</returns>
        /// <exception cref="ArgumentOutOfRangeException">beta is 0 or less, NaN or infinite.</exception>
        public Tensor smelu_(double beta = 1) => SmeLUOf(beta).ApplyInPlace(x);
    }

    private static ActivationSpec SmeLUOf(double beta) => new(Kind.SmeLU, ParameterValues.Checked(beta, Kind.SmeLU));
}
