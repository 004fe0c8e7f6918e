using Helu.Tests.Training.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Training;

/// <summary>A fused training module is the model in all but how it runs: its parameters, names, modes, devices and hooks.</summary>
public class TrainingModuleTests
{
    [Fact]
    public void ParametersBuffersAndStateDictAreTheModels()
    {
        using var model = new Vgg();
        using VggTraining trainer = model.ToTraining();

        Assert.Equal(model.named_parameters().Select(pair => pair.name), trainer.named_parameters().Select(pair => pair.name));
        Assert.All(model.parameters().Zip(trainer.parameters()), pair => Assert.Same(pair.First, pair.Second));
        Assert.All(model.buffers().Zip(trainer.buffers()), pair => Assert.Same(pair.First, pair.Second));
        Assert.Equal(model.state_dict().Keys, trainer.state_dict().Keys);
        Assert.Equal(model.named_modules().Select(pair => pair.name), trainer.named_modules().Select(pair => pair.name));
        Assert.Same(model.get_parameter("classifier.1.weight"), trainer.get_parameter("classifier.1.weight"));
    }

    [Fact]
    public void AnOptimiserOverEitherMovesBoth()
    {
        using var model = new Mlp();
        using MlpTraining trainer = model.ToTraining();
        using Tensor before = model.get_parameter("fc1.weight")!.detach().clone(), x = randn(4, 6);
        using optim.Optimizer optimizer = optim.SGD(trainer.parameters(), 0.1);

        Step(trainer, x);
        optimizer.step();

        Assert.False((bool)before.eq(model.get_parameter("fc1.weight")!).all());
        optimizer.zero_grad();
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad is null || parameter.grad.count_nonzero().item<long>() == 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AConversionOfEitherIsSeenByBoth(bool ofTrainer)
    {
        using var model = new Mlp();
        using MlpTraining trainer = model.ToTraining();
        using Tensor single = randn(4, 6), x = single.to(float64);
        Step(trainer, single);

        if (ofTrainer)
            trainer.to(float64);
        else
            model.to(float64);

        using Tensor y = trainer.call(x);
        Assert.Equal(float64, y.dtype);
        Assert.All(model.parameters().Concat(trainer.parameters()), parameter => Assert.Equal(float64, parameter.dtype));
    }

    [Fact]
    public void InEvalModeTheModelItselfRuns()
    {
        using var model = new Autoencoder();
        using AutoencoderTraining trainer = model.ToTraining();
        using Tensor x = randn(2, 1, 6, 6);

        trainer.eval();

        Assert.False(model.training);
        Bits.AssertSame(model.call(x), trainer.call(x));
        model.train();
        Assert.True(trainer.training);
    }

    [Fact]
    public void AStateDictIsLoadedIntoTheModel()
    {
        using var model = new Mlp();
        using var other = new Mlp();
        using MlpTraining trainer = model.ToTraining();

        trainer.load_state_dict(other.state_dict());

        Assert.All(model.parameters().Zip(other.parameters()), pair => Bits.AssertSame(pair.First, pair.Second));
    }

    [Fact]
    public void ALayerThatIsAddedToASequentialIsRun()
    {
        using var model = new EveryKind();
        using EveryKindTraining trainer = model.ToTraining();
        using Tensor x = randn(5, 6);
        trainer.call(x).Dispose();

        ((Sequential)model.named_children().Single(child => child.name == "body").module).append(Tanh());
        using Tensor expected = model.call(x), actual = trainer.call(x);

        Assert.True((bool)expected.eq(actual).all());
    }

    [Fact]
    public void DisposedItLeavesTheModel()
    {
        using var model = new Mlp();
        MlpTraining trainer = model.ToTraining();
        using Tensor x = randn(4, 6);
        Step(trainer, x);

        trainer.Dispose();

        Step(model, x);
        Assert.Throws<ObjectDisposedException>(() => trainer.forward(x));
    }

    [Fact]
    public void HooksOfLayersKeepWhatTheyAreGiven()
    {
        using DisposeScope scope = NewDisposeScope();
        using var model = new LeNet();
        using LeNetTraining trainer = model.ToTraining();
        var conv1 = (Conv2d)model.named_children().First(child => child.name == "conv1").module;
        Tensor? input = null, output = null;
        conv1.register_forward_hook((_, x, y) =>
        {
            (input, output) = (x, y);
            return y;
        });
        Tensor x = randn(2, 1, 12, 12);

        trainer.call(x).square().mean().backward();

        Assert.Same(x, input);
        Bits.AssertSame(functional.conv2d(x, conv1.weight, conv1.bias, padding: [1, 1]), output!);
    }

    [Fact]
    public void AHookOnAnInlinedModuleLetsTheModelItselfRun()
    {
        using var model = new Vgg();
        using VggTraining trainer = model.ToTraining();
        int calls = 0;
        ((Sequential)model.named_children().First(child => child.name == "features").module).register_forward_hook((_, _, y) =>
        {
            calls++;
            return y;
        });
        using Tensor x = randn(2, 1, 8, 8);

        Step(trainer, x);

        Assert.Equal(1, calls);
    }

    [Fact]
    public void AModuleWithoutFusedTrainingIsNamed()
    {
        using var model = new Shuffled();

        var error = Assert.Throws<NotSupportedException>(() => model.ToTraining());

        Assert.Contains("'shuffle' is a TorchSharp.Modules.PixelShuffle", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInputThatForwardOverwritesIsRefused()
    {
        using var model = new OverwrittenInput();
        using OverwrittenInputTraining trainer = model.ToTraining();
        using Tensor x = ones(2);

        var error = Assert.Throws<NotSupportedException>(() => trainer.call(x));

        Assert.Contains("overwrites its own input", error.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 1f], x.data<float>().ToArray());
    }

    private static void Step(Module<Tensor, Tensor> model, Tensor x)
    {
        using DisposeScope scope = NewDisposeScope();
        model.call(x).square().mean().backward();
    }
}
