using Helu.Modules;
using Helu.Runtime;
using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Swapping;

/// <summary>Swapped calls tell who watches the thread: the input before it is overwritten, and the result.</summary>
public sealed class WatchedCallTests : IDisposable
{
    private static readonly ActivationSpec s_leaky = new(Kind.LeakyReLU, 0.5);

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Forms = new()
    {
        ["functional.relu(x)"] = x => Swap.relu(x, inplace: false, s_leaky, "fc1"),
        ["functional.relu(x, inplace: true)"] = x => Swap.relu(x, inplace: true, s_leaky, "fc1"),
        ["x.relu()"] = x => Swap.relu(x, s_leaky, "fc1"),
        ["x.relu_()"] = x => Swap.relu_(x, s_leaky, "fc1"),
        ["of a temporary"] = x => Swap.relu(x, s_leaky, "fc1", Argument.Fresh),
        ["module.call(x)"] = x => Swap.call(ReLU(), x, s_leaky, "fc1"),
        ["module.forward(x)"] = x => Swap.forward(ReLU(inplace: true), x, s_leaky, "fc1"),
    };

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Recorder _recorder = new();

    public WatchedCallTests() => ActivationWatch.Current = _recorder;

    public void Dispose()
    {
        ActivationWatch.Current = null;
        _scope.Dispose();
    }

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_form_reports_its_layer_input_and_result(string form)
    {
        Forms[form](tensor([-2.0, 3.0]));

        Assert.Equal(["fc1 LeakyReLU 0.5: -2, 3", "fc1: -1, 3"], _recorder.Seen);
    }

    [Fact]
    public void An_override_is_what_is_reported()
    {
        using (Activation.Override(Kind.ReLU))
            Swap.relu(tensor([-2.0, 3.0]), s_leaky, "fc1");

        Assert.Equal(["fc1 ReLU 0: -2, 3", "fc1: 0, 3"], _recorder.Seen);
    }

    [Fact]
    public void A_module_with_hooks_is_left_to_them()
    {
        using ReLU relu = ReLU();
        relu.register_forward_hook((_, _, y) => y);

        Swap.call(relu, tensor([-2.0]), s_leaky, "relu1");

        Assert.Empty(_recorder.Seen);
    }

    [Fact]
    public void A_module_that_is_no_ReLU_is_not_reported()
    {
        Swap.call(Sigmoid(), tensor([-2.0]), s_leaky, "act");
        Swap.forward(Sigmoid(), tensor([-2.0]), s_leaky, "act");

        Assert.Empty(_recorder.Seen);
    }

    [Fact]
    public void A_FusedSequential_leaves_its_children_to_hooks()
    {
        using var model = new FusedSequential(Linear(1, 1, dtype: float64), ReLU());

        model.call(tensor([-2.0]).view(1, 1));

        Assert.Empty(_recorder.Seen);
    }

    private sealed class Recorder : IActivationWatcher
    {
        public List<string> Seen { get; } = [];

        public void Input(string layer, ActivationSpec spec, Tensor x) => Seen.Add(FormattableString.Invariant($"{layer} {spec.Kind} {spec.P0}: {Values(x)}"));

        public void Output(string layer, Tensor y) => Seen.Add($"{layer}: {Values(y)}");

        private static string Values(Tensor x) => string.Join(", ", x.data<double>());
    }
}
