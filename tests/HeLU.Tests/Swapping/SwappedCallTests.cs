using Helu.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Swapping;

public sealed class SwappedCallTests : IDisposable
{
    private const string Layer = "fc1";

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    /// <summary>The forms that have no module.</summary>
    private static readonly string[] Functions = ["functional.relu(x)", "functional.relu(x, inplace: true)", "x.relu()", "x.relu_()"];

    /// <summary>What generated code calls, on a copy where it writes in place.</summary>
    private static readonly Dictionary<string, Func<Tensor, ActivationSpec, Tensor>> Forms = new()
    {
        ["functional.relu(x)"] = (x, spec) => Swap.relu(x, inplace: false, spec, Layer),
        ["functional.relu(x, inplace: true)"] = (x, spec) => Swap.relu(x.clone(), inplace: true, spec, Layer),
        ["x.relu()"] = (x, spec) => Swap.relu(x, spec, Layer),
        ["x.relu_()"] = (x, spec) => Swap.relu_(x.clone(), spec, Layer),
        ["module.call(x)"] = (x, spec) => Swap.call(Made(spec), x, spec, Layer),
        ["module.call(x), in place"] = (x, spec) => Swap.call(Made(spec, inplace: true), x.clone(), spec, Layer),
        ["module.forward(x)"] = (x, spec) => Swap.forward(Made(spec), x, spec, Layer),
        ["module.forward(x), in place"] = (x, spec) => Swap.forward(Made(spec, inplace: true), x.clone(), spec, Layer),
        ["child"] = (x, spec) => Swap.Child<nn.Module<Tensor, Tensor>>(nn.ReLU(), spec).to(x.dtype).call(x),
        ["child, in place"] = (x, spec) => Swap.Child<nn.Module<Tensor, Tensor>>(nn.ReLU(inplace: true), spec).to(x.dtype).call(x.clone()),
        ["hooked module.call(x)"] = (x, spec) => Swap.call(Hooked(spec, inplace: false), x, spec, Layer),
        ["hooked module.call(x), in place"] = (x, spec) => Swap.call(Hooked(spec, inplace: true), x.clone(), spec, Layer),
    };

    public static TheoryData<string, Kind> FormsAndKinds
    {
        get
        {
            TheoryData<string, Kind> cases = Cases.Pairs(Forms.Keys.Except(Functions), Enum.GetValues<Kind>());
            foreach (string function in Functions)
            {
                foreach (Kind kind in Enum.GetValues<Kind>().Where(kind => kind != Kind.PReLU))
                    cases.Add(function, kind);
            }
            return cases;
        }
    }

    public static TheoryData<string> FunctionNames { get; } = [.. Functions];

    [Theory]
    [MemberData(nameof(FormsAndKinds))]
    public void A_swapped_call_has_the_kinds_forward_and_gradient(string form, Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);

        Kinds.AssertComputes(spec, x => Forms[form](x, spec));
    }

    [Theory]
    [MemberData(nameof(FormsAndKinds))]
    public void An_override_wins_over_the_attribute(string form, Kind kind)
    {
        ActivationSpec wanted = Kinds.Spec(kind);
        ActivationSpec annotated = new(kind == Kind.LeakyReLU ? Kind.ELU : Kind.LeakyReLU, .3);
        using IDisposable scope = Activation.Override(kind, Kinds.Values(wanted));

        Kinds.AssertComputes(wanted, x => Forms[form](x, annotated));
    }

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void A_function_has_no_place_for_PReLUs_parameter_and_says_so(string form)
    {
        Tensor x = Inputs.Random(ScalarType.Float32);
        using IDisposable scope = Activation.Override(Kind.PReLU);

        Assert.Contains("ReLU module", Assert.Throws<InvalidOperationException>(() => Forms[form](x, Kinds.Spec(Kind.HeLU))).Message);
    }

    [Theory]
    [MemberData(nameof(Kinds.Functions), MemberType = typeof(Kinds))]
    public void In_place_overwrites_and_the_method_returns_the_same_object(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        Tensor x = Inputs.Random(ScalarType.Float64);
        Tensor expected = Kinds.Expected(x, spec);

        Tensor byMethod = x.clone();
        Assert.Same(byMethod, Swap.relu_(byMethod, spec, Layer));
        Kinds.AssertClose(expected, byMethod);

        Tensor byFunction = x.clone();
        Tensor alias = Swap.relu(byFunction, inplace: true, spec, Layer);
        Assert.NotSame(byFunction, alias);
        Kinds.AssertClose(expected, byFunction);
        byFunction.fill_(3);
        Assert.Equal(3.0, alias[0].item<double>());
    }

    [Theory]
    [MemberData(nameof(Kinds.Functions), MemberType = typeof(Kinds))]
    public void In_place_after_Linear_trains_like_out_of_place(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        using TorchSharp.Modules.Linear linear = nn.Linear(6, 40, dtype: ScalarType.Float64);
        Tensor x = Inputs.Random(ScalarType.Float64, 5 * 6).view(5, 6);
        Tensor grad = Inputs.Random(ScalarType.Float64, 5 * 40, seed: 3).view(5, 40);
        Swap.relu(linear.call(x), spec, Layer).backward([grad]);
        Tensor expected = linear.weight.grad!.clone();

        foreach (Func<Tensor, Tensor> inPlace in new Func<Tensor, Tensor>[]
        {
            y => Swap.relu_(y, spec, Layer),
            y => Swap.relu(y, inplace: true, spec, Layer),
            y => Swap.call(Made(spec, inplace: true), y, spec, Layer),
            y => Swap.Child<nn.Module<Tensor, Tensor>>(nn.ReLU(inplace: true), spec).to(y.dtype).call(y),
        })
        {
            linear.zero_grad();
            inPlace(linear.call(x)).backward([grad]);
            Kinds.AssertClose(expected, linear.weight.grad!, Kinds.GradientTolerance(kind));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds.Overwriting), MemberType = typeof(Kinds))]
    public void In_place_on_a_leaf_that_requires_a_gradient_throws_as_relu_does(Kind kind)
    {
        Tensor leaf = Inputs.Random(ScalarType.Float64).requires_grad_();

        Assert.ThrowsAny<Exception>(() => Swap.relu_(leaf, Kinds.Spec(kind), Layer));
    }

    [Theory]
    [MemberData(nameof(Kinds.Functions), MemberType = typeof(Kinds))]
    public void Swapped_calls_leave_no_tensor_behind_but_what_they_return(Kind kind)
    {
        ActivationSpec spec = Kinds.Spec(kind);
        Tensor x = Inputs.Random(ScalarType.Float64, 16);
        using TorchSharp.Modules.ReLU module = Made(spec);
        using TorchSharp.Modules.ReLU inPlace = Made(spec, inplace: true);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;

        for (int i = 0; i < 100; i++)
        {
            using Tensor y = Swap.relu(x, spec, Layer);
            Swap.relu_(y, spec, Layer);
            using Tensor alias = Swap.relu(y, inplace: true, spec, Layer);
            using Tensor called = Swap.call(module, y, spec, Layer);
            using Tensor forwarded = Swap.forward(inPlace, y, spec, Layer);
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_module_that_is_no_ReLU_runs_as_it_is()
    {
        using TorchSharp.Modules.Sigmoid sigmoid = nn.Sigmoid();
        Tensor x = Inputs.Random(ScalarType.Float64);

        Bits.AssertSame(sigmoid.call(x), Swap.call(sigmoid, x, Kinds.Spec(Kind.HeLU), Layer));
        Bits.AssertSame(sigmoid.call(x), Swap.forward(sigmoid, x, Kinds.Spec(Kind.HeLU), Layer));
    }

    /// <summary>A ReLU as swapped code makes it.</summary>
    private static TorchSharp.Modules.ReLU Made(ActivationSpec spec, bool inplace = false) => Swap.ReLU(inplace, spec);

    private static TorchSharp.Modules.ReLU Hooked(ActivationSpec spec, bool inplace)
    {
        TorchSharp.Modules.ReLU relu = Made(spec, inplace);
        relu.register_forward_hook((_, _, y) => y);
        return relu;
    }
}
