using Helu.Inference;
using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Freezing;

/// <summary>A model trained with any kind computes frozen, on both backends, what it computes in eval mode.</summary>
public class FrozenKindTests
{
    public static TheoryData<Kind> All => Kinds.All;

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_the_model_in_eval_mode(Kind kind)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(7);
        var model = new KindNet(Kinds.Spec(kind));
        Train(model);
        model.eval();
        using KindNetInference managed = model.ToInference(InferenceBackend.Managed), torch = model.ToInference(InferenceBackend.Torch);

        foreach ((KindNetInference fast, int batch) in new[] { (managed, 1), (managed, 5), (torch, 1), (torch, 5) })
        {
            Tensor x = KindNet.Images(batch), expected = model.call(x);
            var output = new float[batch * 3];
            fast.Run(x.data<float>().ToArray(), output);
            TorchBackendTests.AssertClose(expected, tensor(output, [batch, 3]));
        }
    }

    [Theory]
    [InlineData(InferenceBackend.Managed)]
    [InlineData(InferenceBackend.Torch)]
    public void The_override_in_force_is_frozen(InferenceBackend backend)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(8);
        var model = new KindNet(new ActivationSpec(Kind.HeLU, .05));
        model.eval();
        using IDisposable smooth = Activation.Override(Kind.SAU, .3, .7);
        using KindNetInference fast = model.ToInference(backend);
        Tensor x = KindNet.Images(2);
        var output = new float[2 * 3];
        fast.Run(x.data<float>().ToArray(), output);

        TorchBackendTests.AssertClose(model.call(x), tensor(output, [2, 3]));
    }

    /// <summary>Some steps, so that what a kind learns is not what it starts with.</summary>
    private static void Train(KindNet model)
    {
        using var optimizer = optim.SGD(model.parameters(), 0.002);
        for (int step = 0; step < 3; step++)
        {
            optimizer.zero_grad();
            model.call(KindNet.Images(8)).square().mean().backward();
            optimizer.step();
        }
    }
}
