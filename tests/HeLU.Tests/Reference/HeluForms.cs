using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests;

/// <summary>Every way a user can call HeLU.</summary>
internal static class HeluForms
{
    public static readonly Dictionary<string, Func<Tensor, double, Tensor>> OutOfPlace = new()
    {
        ["torch.nn.HeLU(alpha).call(x)"] = (x, alpha) => nn.HeLU(alpha).call(x),
        ["torch.nn.HeLU(alpha).forward(x)"] = (x, alpha) => nn.HeLU(alpha).forward(x),
        ["functional.helu(x, alpha)"] = (x, alpha) => nn.functional.helu(x, alpha),
        ["x.helu(alpha)"] = (x, alpha) => x.helu(alpha),
    };

    public static readonly Dictionary<string, Func<Tensor, double, Tensor>> InPlace = new()
    {
        ["torch.nn.HeLU(alpha, inplace: true).call(x)"] = (x, alpha) => nn.HeLU(alpha, inplace: true).call(x),
        ["functional.helu(x, alpha, inplace: true)"] = (x, alpha) => nn.functional.helu(x, alpha, inplace: true),
        ["x.helu_(alpha)"] = (x, alpha) => x.helu_(alpha),
    };

    public static IEnumerable<string> All => OutOfPlace.Keys.Concat(InPlace.Keys);

    public static TheoryData<string> OutOfPlaceNames { get; } = [.. OutOfPlace.Keys];

    public static TheoryData<string> InPlaceNames { get; } = [.. InPlace.Keys];

    public static TheoryData<string> Names { get; } = [.. All];

    public static TheoryData<string, ScalarType> NamesAndDtypes { get; } = Cases.Pairs(All, Inputs.Dtypes);

    /// <summary>HeLU of <paramref name="x"/>, which is left as it is: the in-place forms get a copy with x's strides and history.</summary>
    public static Tensor Apply(string form, Tensor x, double alpha) =>
        OutOfPlace.TryGetValue(form, out Func<Tensor, double, Tensor>? helu) ? helu(x, alpha) : InPlace[form](x.clone(), alpha);

    /// <summary>Gradients to send back through <paramref name="form"/>: finite ones in place, where others have their own test.</summary>
    public static Tensor Gradients(string form, Tensor x)
    {
        Tensor gradients = Inputs.Gradients(x.dtype, x.numel());
        return OutOfPlace.ContainsKey(form) ? gradients : gradients.nan_to_num(0, 3, -3);
    }

    /// <summary><paramref name="actual"/> is HeLU's gradient bit for bit; in place, a 0 may be of either sign.</summary>
    public static void AssertGradient(string form, Tensor x, Tensor grad, double alpha, Tensor actual)
    {
        byte[] expected = HeluLoop.Gradient(x, grad, alpha);
        if (OutOfPlace.ContainsKey(form))
            Bits.AssertSame(expected, actual);
        else
            Bits.AssertSame(Bits.ToTensor(x.dtype, x.numel(), expected).add(0).view(x.shape), actual.add(0));
    }
}
