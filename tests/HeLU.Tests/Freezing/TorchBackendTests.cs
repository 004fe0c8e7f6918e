using Helu.Inference;
using Helu.Inference.Tracing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Freezing;

public class TorchBackendTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(1, true)]
    public void It_computes_what_the_model_computes_in_eval_mode(int batch, bool hasDownsample)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        FrozenNet model = new FrozenNet(hasDownsample ? Conv2d(4, 4, 1) : null).Warmed();
        Tensor x = FrozenNet.Images(batch);
        Tensor expected = model.call(x);

        using FrozenNetInference fast = model.ToInference(InferenceBackend.Torch);

        AssertClose(expected, fast.forward(x));
    }

    [Fact]
    public void Spans_give_the_same_as_tensors()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(2);
        FrozenNet model = new FrozenNet().Warmed();
        Tensor x = FrozenNet.Images(3);
        using FrozenNetInference fast = model.ToInference(InferenceBackend.Torch);
        var output = new float[3 * 3];

        fast.Run(x.data<float>().ToArray(), output);

        AssertClose(model.call(x), tensor(output, [3, 3]));
    }

    [Fact]
    public void Runs_leave_no_tensor_behind_but_the_result()
    {
        // Tensors that other tests left to the collector must not be subtracted while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        manual_seed(3);
        using FrozenNet model = new FrozenNet().Warmed();
        using FrozenNetInference fast = model.ToInference(InferenceBackend.Torch);
        using Tensor x = FrozenNet.Images(2);
        fast.forward(x).Dispose();

        long before = Tensor.TotalCount;
        for (int i = 0; i < 50; i++)
            fast.forward(x).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_model_that_was_frozen_and_first_run_in_a_dispose_scope_outlives_it()
    {
        manual_seed(6);
        using FrozenNet model = new FrozenNet().Warmed();
        using Tensor x = FrozenNet.Images(2);
        FrozenNetInference fast;
        using (NewDisposeScope())
        {
            fast = model.ToInference(InferenceBackend.Torch);
            fast.forward(x);
        }

        using (fast)
        using (NewDisposeScope())
            AssertClose(model.call(x), fast.forward(x));
    }

    [Fact]
    public void The_input_is_left_as_it_is_and_no_gradient_is_recorded()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(4);
        FrozenNet model = new FrozenNet().Warmed();
        Tensor x = FrozenNet.Images(2).requires_grad_();
        Tensor copy = x.clone();
        using FrozenNetInference fast = model.ToInference(InferenceBackend.Torch);

        Tensor y = fast.forward(x);

        Assert.False(y.requires_grad);
        Assert.True(x.equal(copy).all().item<bool>());
    }

    [Fact]
    public void Freezing_leaves_the_model_as_it_is()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(5);
        FrozenNet model = new FrozenNet().Warmed();
        Tensor x = FrozenNet.Images(2), before = model.call(x);
        model.train();

        using FrozenNetInference fast = model.ToInference(InferenceBackend.Torch);
        Assert.True(model.training);
        model.eval();

        Assert.True(before.equal(model.call(x)).all().item<bool>());
    }

    [Theory]
    [InlineData(2, 7)]
    [InlineData(3, 8)]
    public void A_tensor_of_another_shape_is_refused(int channels, int size)
    {
        using DisposeScope scope = NewDisposeScope();
        using FrozenNetInference fast = new FrozenNet().Warmed().ToInference(InferenceBackend.Torch);

        ArgumentException e = Assert.Throws<ArgumentException>(() => fast.forward(randn(1, channels, size, size)));

        Assert.StartsWith($"Input 0 is [1, {channels}, {size}, {size}]; expected [N, 2, 8, 8]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_another_type_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        using FrozenNetInference fast = new FrozenNet().Warmed().ToInference(InferenceBackend.Torch);

        Assert.Throws<ArgumentException>(() => fast.forward(randn(1, 2, 8, 8, dtype: ScalarType.Float64)));
    }

    [Fact]
    public void A_module_that_is_not_known_is_named()
    {
        using DisposeScope scope = NewDisposeScope();
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => new FrozenNet(PixelShuffle(1)).ToInference());

        Assert.StartsWith("'downsample' is a TorchSharp.Modules.PixelShuffle, for which there is no inference path.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subclass_of_a_library_module_is_refused_since_it_may_compute_something_else()
    {
        using DisposeScope scope = NewDisposeScope();
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => new FrozenNet(new Doubled()).ToInference());

        Assert.Contains(nameof(Doubled), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_a_known_module_from_an_inference_path_is_named()
    {
        using DisposeScope scope = NewDisposeScope();
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => new FrozenNet(Conv2d(4, 4, 3, padding: 1, padding_mode: PaddingModes.Reflect)).ToInference());

        Assert.StartsWith("'downsample' is a TorchSharp.Modules.Conv2d with padding_mode Reflect, ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_paddings_that_TorchSharp_mixes_up_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Module<Tensor, Tensor> uneven = ConvTranspose2d(4, 4, (3, 3), stride: (2, 2), output_padding: (0, 1));
        NotSupportedException e = Assert.Throws<NotSupportedException>(() => new FrozenNet(uneven).ToInference());

        Assert.Contains("different output paddings", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_base_and_derived_class_both_have_is_refused()
    {
        ModelClasses.Add(new ModelClass
        {
            TypeName = typeof(Derived).FullName!,
            Inputs = ["x"],
            IndexInputs = [false],
            Modules = ["layer"],
            Values = [],
            Parameters = [],
            Forward = static (self, inputs) => self.module("layer").call(inputs[0]),
        });
        using DisposeScope scope = NewDisposeScope();

        NotSupportedException e = Assert.Throws<NotSupportedException>(() => Runtime.Freezer.Freeze(new Derived(), null));

        Assert.Contains("both have a member layer", e.Message, StringComparison.Ordinal);
    }

    internal static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        double scale = expected.abs().max().item<float>();
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, (1e-4 * scale) + 1e-6);
    }

    private abstract class Base(string name) : Module<Tensor, Tensor>(name)
    {
        private readonly Linear layer = Linear(2, 2);

        public override Tensor forward(Tensor x) => layer.call(x);
    }

    private sealed class Derived() : Base(nameof(Derived))
    {
        private readonly Linear layer = Linear(2, 2);

        public override Tensor forward(Tensor x) => layer.call(base.forward(x));
    }

    private sealed class Doubled() : Sequential(Identity())
    {
        public override Tensor forward(Tensor input) => input * 2;
    }
}
