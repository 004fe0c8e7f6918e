using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Activations;

public sealed class HeluShapeTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static readonly Dictionary<string, Func<Tensor>> Shapes = new()
    {
        ["0-dim"] = () => tensor(-.02f),
        ["empty"] = () => zeros(0),
        ["empty matrix"] = () => zeros(0, 5),
        ["one element"] = () => tensor([-.02f]),
        ["transposed"] = () => Inputs.Random(ScalarType.Float32, 7 * 37).view(7, 37).t(),
        ["permuted"] = () => Inputs.Random(ScalarType.Float32, 3 * 5 * 7).view(3, 5, 7).permute(2, 0, 1),
        ["every third"] = () => Inputs.Random(ScalarType.Float32, 300)[TensorIndex.Slice(1, null, 3)],
        ["columns"] = () => Inputs.Random(ScalarType.Float32, 20 * 30).view(20, 30)[TensorIndex.Colon, TensorIndex.Slice(3, 17)],
        ["expanded"] = () => Inputs.Random(ScalarType.Float32, 33).view(33, 1).expand(33, 5),
        ["channels last"] = () => Inputs.Random(ScalarType.Float32, 2 * 3 * 5 * 7).view(2, 5, 7, 3).permute(0, 3, 1, 2),
    };

    public static TheoryData<string, string> FormsAndShapes { get; } = Cases.Pairs(HeluForms.All, Shapes.Keys);

    [Theory]
    [MemberData(nameof(FormsAndShapes))]
    public void Any_shape_and_strides_give_relus_output_and_helus_gradient(string form, string shape)
    {
        Tensor x = Shapes[shape]();
        Tensor relu = x.relu();
        Tensor grad = HeluForms.Gradients(form, x).view(x.shape);
        Tensor leaf = x.detach().requires_grad_();
        Assert.Equal(x.stride(), leaf.stride());

        // Autograd's clone of an expanded tensor is dense, so that the in-place forms can write.
        Tensor y = HeluForms.Apply(form, leaf, .05);

        Bits.AssertSame(relu, y);
        Assert.Equal(relu.stride(), y.stride());
        HeluForms.AssertGradient(form, x, grad, .05, autograd.grad([y], [leaf], [grad])[0]);
    }

    [Fact]
    public void Channels_last_input_gives_channels_last_output()
    {
        Tensor x = Shapes["channels last"]().requires_grad_();
        Assert.False(x.is_contiguous());

        Assert.Equal(x.stride(), x.helu().stride());
    }

    [Fact]
    public void In_place_on_an_expanded_tensor_throws_as_relu_does()
    {
        Tensor column = Inputs.Random(ScalarType.Float32, 33).view(33, 1);

        Assert.ThrowsAny<Exception>(() => column.expand(33, 5).relu_());
        Assert.ThrowsAny<Exception>(() => column.expand(33, 5).helu_());
        Assert.ThrowsAny<Exception>(() => column.clone().requires_grad_().clone().expand(33, 5).helu_());
    }
}
