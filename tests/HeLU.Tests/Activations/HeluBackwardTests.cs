using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Activations;

public sealed class HeluBackwardTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(HeluForms.NamesAndDtypes), MemberType = typeof(HeluForms))]
    public void Gradient_passes_exactly_where_x_is_above_minus_alpha(string form, ScalarType dtype)
    {
        foreach (double alpha in Inputs.Alphas)
        {
            foreach (Tensor x in new[] { Inputs.Random(dtype), Inputs.Edges(dtype, alpha) })
            {
                Tensor grad = HeluForms.Gradients(form, x);
                HeluForms.AssertGradient(form, x, grad, alpha, Gradient(v => HeluForms.Apply(form, v, alpha), x, grad));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Inputs.DtypesAndAlphas), MemberType = typeof(Inputs))]
    public void Gradient_is_that_of_a_custom_autograd_function(ScalarType dtype, double alpha)
    {
        foreach (Tensor x in new[] { Inputs.Random(dtype), Inputs.Edges(dtype, alpha) })
        {
            Tensor grad = Inputs.Gradients(dtype, x.numel());
            Tensor expected = Gradient(v => HeluFunction.apply(v, alpha), x, grad);
            Bits.AssertSame(expected, Gradient(v => v.helu(alpha), x, grad));
        }
    }

    [Theory]
    [MemberData(nameof(HeluForms.NamesAndDtypes), MemberType = typeof(HeluForms))]
    public void Alpha_0_is_relu(string form, ScalarType dtype)
    {
        Tensor x = Inputs.Edges(dtype, 0);
        Tensor grad = Inputs.Gradients(dtype, x.numel());

        Bits.AssertSame(Gradient(v => v.relu(), x, grad), Gradient(v => HeluForms.Apply(form, v, 0), x, grad));
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Gradient_passes_at_NaN_as_relus_does(string form)
    {
        Tensor x = full(9, double.NaN, dtype: ScalarType.Float32);
        Tensor grad = Inputs.Random(ScalarType.Float32, 9);

        Bits.AssertSame(grad, Gradient(v => v.relu(), x, grad));
        Bits.AssertSame(grad, Gradient(v => HeluForms.Apply(form, v, .05), x, grad));
    }

    [Theory]
    [MemberData(nameof(HeluForms.NamesAndDtypes), MemberType = typeof(HeluForms))]
    public void A_gradient_that_is_not_finite_passes_within_reach_and_is_0_beyond_but_in_place_NaN(string form, ScalarType dtype)
    {
        Tensor x = tensor([.1, -.02, -.2, double.NegativeInfinity]).to(dtype);
        double beyond = HeluForms.InPlace.ContainsKey(form) ? double.NaN : 0;

        foreach (double incoming in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Tensor gradient = Gradient(v => HeluForms.Apply(form, v, .05), x, full(4, incoming, dtype: dtype));
            Assert.Equal([incoming, incoming, beyond, beyond], gradient.to(ScalarType.Float64).data<double>().ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Gradient_passes_at_every_finite_x_where_a_float_type_cannot_hold_alpha(string form)
    {
        foreach (ScalarType dtype in Inputs.Dtypes)
        {
            Tensor x = Inputs.Edges(dtype, 1);
            Tensor grad = HeluForms.Gradients(form, x);

            HeluForms.AssertGradient(form, x, grad, 1e300, Gradient(v => HeluForms.Apply(form, v, 1e300), x, grad));
        }
    }

    [Fact]
    public void Gradients_of_two_backward_calls_add_up()
    {
        Tensor x = Inputs.Random(ScalarType.Float64).requires_grad_();
        Tensor grad = Inputs.Random(ScalarType.Float64, x.numel(), seed: 3);

        x.helu(.05).backward([grad]);
        Bits.AssertSame(HeluLoop.Gradient(x, grad, .05), x.grad!);
        x.helu(.05).backward([grad]);

        Bits.AssertSame(HeluLoop.Gradient(x, grad * 2, .05), x.grad!);
    }

    [Fact]
    public void A_retained_graph_can_be_walked_twice()
    {
        Tensor x = Inputs.Random(ScalarType.Float64).requires_grad_();
        Tensor grad = Inputs.Random(ScalarType.Float64, x.numel(), seed: 3);
        Tensor y = x.helu(.05);

        y.backward([grad], retain_graph: true);
        y.backward([grad]);

        Bits.AssertSame(HeluLoop.Gradient(x, grad * 2, .05), x.grad!);
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Second_derivative_is_zero_as_relus_is(string form)
    {
        foreach (Func<Tensor, Tensor> activation in new Func<Tensor, Tensor>[] { v => v.relu(), v => HeluForms.Apply(form, v, .05) })
        {
            Tensor x = Inputs.Random(ScalarType.Float64).requires_grad_();
            Tensor first = autograd.grad([activation(x).sum()], [x], retain_graph: true, create_graph: true)[0];
            // x * first has the derivative first + x * first', so that x takes part in what is differentiated again.
            Tensor second = autograd.grad([(x * first).sum()], [x])[0];
            Bits.AssertSame(first, second);
        }
    }

    [Fact]
    public void The_gradient_is_itself_differentiable_by_the_gradient_that_came_in()
    {
        Tensor x = Inputs.Random(ScalarType.Float64).requires_grad_();
        Tensor weight = Inputs.Random(ScalarType.Float64, x.numel(), seed: 3).requires_grad_();
        Tensor first = autograd.grad([(x.helu(.05) * weight).sum()], [x], retain_graph: true, create_graph: true)[0];

        Tensor byWeight = autograd.grad([first.sum()], [weight])[0];

        Bits.AssertSame(HeluLoop.Gradient(x, ones_like(x), .05), byWeight);
    }

    private static Tensor Gradient(Func<Tensor, Tensor> activation, Tensor x, Tensor grad)
    {
        Tensor leaf = x.detach().requires_grad_();
        return autograd.grad([activation(leaf)], [leaf], [grad])[0];
    }
}
