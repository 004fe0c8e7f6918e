using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Activations;

/// <summary>a·x² + b·x + c, as (a·x + b)·x + c.</summary>
internal static class Quadratic
{
    public static Tensor Apply(Tensor x, double a, double b, double c)
    {
        using Tensor scaled = x.mul(Scalars.Of(a));
        using Tensor line = scaled.add_(Scalars.Of(b));
        Tensor y = line.mul(x);
        return y.add_(Scalars.Of(c));
    }
}
