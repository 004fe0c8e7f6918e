using Helu.Tests.Training.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training;

/// <summary>Whatever is done with the graph of a fused forward gives the model's own gradients, and leaves nothing behind.</summary>
public class AutogradTests
{
    [Fact]
    public void GradientsOfSeveralBatchesAddUp() => Compare((model, x) =>
    {
        Loss(model, x).backward();
        Loss(model, x * 2).backward();
    });

    [Fact]
    public void TwoForwardsMayRunBeforeOneBackward() => Compare((model, x) => (Loss(model, x) + Loss(model, -x)).backward());

    [Fact]
    public void AForwardWithoutGradientsMayRunBeforeTheSameWithThem() => Compare((model, x) =>
    {
        using (no_grad())
            Loss(model, x);
        Loss(model, x).backward();
    });

    [Fact]
    public void ARetainedGraphGivesTheSameGradientTwice() => Compare((model, x) =>
    {
        Tensor loss = Loss(model, x);
        loss.backward(retain_graph: true);
        loss.backward();
    });

    [Fact]
    public void TheInputsGradientIsTheModels()
    {
        using var twins = new Twins<ResNet>(() => new ResNet());
        using ResNetTraining trainer = twins.Model.ToTraining();
        using Tensor x = randn(2, 1, 8, 8, float64, requires_grad: true), other = x.detach().clone().requires_grad_();

        twins.Compare(() => twins.Plain.call(x), () => trainer.call(other));

        Bits.AssertSame(x.grad!, other.grad!);
    }

    [Fact]
    public void AStepLeavesNoTensorBehindButTheOutput()
    {
        using var model = new ResNet();
        using ResNetTraining trainer = model.ToTraining();
        using Tensor x = randn(2, 1, 8, 8);
        trainer.call(x).Dispose();
        long before = Tensor.TotalCount;

        Tensor y = trainer.call(x);

        Assert.Equal(before + 1, Tensor.TotalCount);
        y.Dispose();
    }

    [Fact]
    public void AForwardThatThrowsLeavesNoTensorBehind()
    {
        using var model = new LeNet();
        using LeNetTraining trainer = model.ToTraining();
        using Tensor x = randn(2, 1, 12, 12), wrong = ones(2, 1, 12, 12, int64);
        trainer.call(x).Dispose();
        Module fc2 = model.named_children().First(child => child.name == "fc2").module;
        ((TorchSharp.Modules.Linear)fc2).register_forward_pre_hook((_, _) => throw new InvalidOperationException("from the hook"));
        long before = Tensor.TotalCount;

        Assert.Throws<InvalidOperationException>(() => trainer.call(x));

        // The hook was given the layer's input, and may have kept it.
        Assert.InRange(Tensor.TotalCount, before, before + 1);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => trainer.call(wrong));
        Assert.InRange(Tensor.TotalCount, before, before + 1);
    }

    /// <summary>Does the same with both models and compares the gradients of their parameters.</summary>
    private static void Compare(Action<Module<Tensor, Tensor>, Tensor> step)
    {
        using DisposeScope scope = NewDisposeScope();
        using var twins = new Twins<Mlp>(() => new Mlp());
        using MlpTraining trainer = twins.Model.ToTraining();
        Tensor x = randn(4, 6, float64);

        step(twins.Plain, x);
        step(trainer, x);

        Assert.All(twins.Plain.parameters().Zip(twins.Model.parameters()), pair => Bits.AssertSame(pair.First.grad!, pair.Second.grad!));
    }

    private static Tensor Loss(Module<Tensor, Tensor> model, Tensor x) => model.call(x).square().mean();
}
