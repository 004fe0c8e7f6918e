using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Activations;

public sealed class HeluForwardTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(HeluForms.NamesAndDtypes), MemberType = typeof(HeluForms))]
    public void Forward_is_relu_bit_for_bit(string form, ScalarType dtype)
    {
        foreach (double alpha in Inputs.Alphas)
        {
            foreach (Tensor x in new[] { Inputs.Random(dtype), Inputs.Edges(dtype, alpha) })
            {
                Tensor expected = x.relu();
                Bits.AssertSame(expected, HeluForms.Apply(form, x, alpha));
                AssertRecorded(expected, HeluForms.Apply(form, x.clone().requires_grad_(), alpha));
            }
        }
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Forward_is_relu_where_a_float_type_cannot_hold_alpha(string form)
    {
        foreach (ScalarType dtype in Inputs.Dtypes)
        {
            Tensor x = Inputs.Edges(dtype, 1);
            AssertRecorded(x.relu(), HeluForms.Apply(form, x.clone().requires_grad_(), double.MaxValue));
        }
    }

    [Theory]
    [MemberData(nameof(HeluForms.InPlaceNames), MemberType = typeof(HeluForms))]
    public void In_place_overwrites_the_input(string form)
    {
        Tensor x = Inputs.Random(ScalarType.Float32);
        Tensor expected = x.relu();

        HeluForms.InPlace[form](x, .05);

        Bits.AssertSame(expected, x);
    }

    [Theory]
    [MemberData(nameof(HeluForms.OutOfPlaceNames), MemberType = typeof(HeluForms))]
    public void Out_of_place_leaves_the_input_alone(string form)
    {
        foreach (bool requires_grad in new[] { false, true })
        {
            Tensor x = Inputs.Random(ScalarType.Float32).requires_grad_(requires_grad);
            byte[] before = Bits.Of(x);

            HeluForms.OutOfPlace[form](x, .05);

            Bits.AssertSame(before, x);
        }
    }

    [Fact]
    public void In_place_method_returns_the_same_object_and_the_others_an_alias_as_relu_does()
    {
        Tensor x = Inputs.Random(ScalarType.Float32);

        Assert.Same(x, x.helu_());
        foreach (Tensor alias in new[] { nn.functional.helu(x, inplace: true), nn.HeLU(inplace: true).call(x) })
        {
            Assert.NotSame(x, alias);
            x.fill_(3);
            Assert.Equal(3f, alias[0].item<float>());
        }
    }

    /// <summary>The product that is recorded in place quiets a signalling NaN, as every arithmetic does, and keeps its payload.</summary>
    private static void AssertRecorded(Tensor expected, Tensor actual) => Bits.AssertSame(expected.mul(1), actual.detach().mul(1));
}
