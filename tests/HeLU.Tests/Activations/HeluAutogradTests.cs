using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Activations;

public sealed class HeluAutogradTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Nothing_is_recorded_for_an_input_without_gradient(string form)
    {
        Tensor x = Inputs.Random(ScalarType.Float32);

        Assert.False(HeluForms.Apply(form, x, .05).requires_grad);
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Nothing_is_recorded_under_no_grad(string form)
    {
        Tensor x = Inputs.Random(ScalarType.Float32).requires_grad_();
        using IDisposable scope = no_grad();

        Tensor y = HeluForms.Apply(form, x, .05);

        Assert.False(y.requires_grad);
        Bits.AssertSame(x.relu(), y);
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Nothing_is_recorded_in_inference_mode(string form)
    {
        Tensor x = Inputs.Random(ScalarType.Float32).requires_grad_();
        using IDisposable scope = inference_mode();

        Tensor y = HeluForms.Apply(form, x, .05);

        Assert.False(y.requires_grad);
        Bits.AssertSame(x.relu(), y);
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Gradients_are_still_recorded_afterwards(string form)
    {
        Tensor x = Inputs.Random(ScalarType.Float32).requires_grad_();

        HeluForms.Apply(form, x, .05);

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Theory]
    [MemberData(nameof(HeluForms.Names), MemberType = typeof(HeluForms))]
    public void Output_requires_a_gradient_and_is_no_leaf(string form)
    {
        Tensor y = HeluForms.Apply(form, Inputs.Random(ScalarType.Float32).requires_grad_(), .05);

        Assert.True(y.requires_grad);
        Assert.False(y.is_leaf);
    }

    [Theory]
    [MemberData(nameof(HeluForms.InPlaceNames), MemberType = typeof(HeluForms))]
    public void In_place_after_Linear_trains_like_out_of_place(string form)
    {
        using TorchSharp.Modules.Linear linear = nn.Linear(6, 40);
        Tensor x = Inputs.Random(ScalarType.Float32, 5 * 6).view(5, 6);
        Tensor grad = Inputs.Random(ScalarType.Float32, 5 * 40, seed: 3).view(5, 40);
        linear.call(x).helu(.5).backward([grad]);
        Tensor expected = linear.weight.grad!.clone();
        linear.zero_grad();

        HeluForms.InPlace[form](linear.call(x), .5).backward([grad]);

        Bits.AssertSame(expected, linear.weight.grad!);
    }

    [Theory]
    [MemberData(nameof(HeluForms.InPlaceNames), MemberType = typeof(HeluForms))]
    public void In_place_on_a_leaf_that_requires_a_gradient_throws_as_relu_does_and_leaves_it_alone(string form)
    {
        Tensor leaf = Inputs.Random(ScalarType.Float32).requires_grad_();
        byte[] before = Bits.Of(leaf);

        Exception relu = Assert.ThrowsAny<Exception>(() => leaf.relu_());
        Exception helu = Assert.ThrowsAny<Exception>(() => HeluForms.InPlace[form](leaf, .05));

        Assert.Equal(FirstLine(relu), FirstLine(helu));
        Bits.AssertSame(before, leaf);
        Assert.True(is_grad_enabled());
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0];
}
