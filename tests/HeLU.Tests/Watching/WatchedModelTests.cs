using Helu.Runtime;
using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Watching;

/// <summary>What is seen of models of every sort, and how their layers are called.</summary>
public sealed class WatchedModelTests : IDisposable
{
    private static readonly DeadUnitOptions s_everyStep = new() { Every = 1 };
    private static readonly ActivationSpec s_relu = new(Kind.ReLU);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = ones(2, 3);

    public void Dispose() => _scope.Dispose();

    /// <summary>Identity is ReLU removed.</summary>
    public static TheoryData<Kind> ModuleKinds => [.. Enum.GetValues<Kind>().Where(kind => kind != Kind.Identity)];

    [Theory]
    [MemberData(nameof(ModuleKinds))]
    public void The_module_of_every_kind_is_seen(Kind kind)
    {
        Module<Tensor, Tensor> act = ActivationSpec.Create(kind, []).CreateModule(inplace: false);
        using Sequential model = Models.FiveUnits(act);
        Assert.Equal([("act", act.GetType().Name, 3)], Watch(model, Models.MinusOneAndTwo).Select(layer => (layer.Layer, layer.Activation, layer.DeadUnits)));
    }

    [Fact]
    public void A_randomised_leaky_ReLU_is_seen()
    {
        using Sequential model = Models.FiveUnits(RReLU());
        Assert.Equal(3, Watch(model, Models.MinusOneAndTwo)[0].DeadUnits);
    }

    [Fact]
    public void An_intercepted_call_of_a_module_is_seen_with_what_it_was_swapped_to()
    {
        ReLU act = ReLU();
        using var model = new Lambda(x => Swap.call(act, x, new(Kind.HeLU, 0.2), "label"), ("act", act));
        LayerActivity layer = Assert.Single(Watch(model));
        Assert.Equal(("act", "HeLU", 0.2), (layer.Layer, layer.Activation, layer.Alpha));
    }

    [Fact]
    public void In_steps_that_are_not_sampled_an_activation_in_place_stays_so()
    {
        ReLU act = ReLU();
        Linear fc = Linear(3, 4);
        Tensor? fresh = null;
        using var model = new Lambda(x => Swap.call(act, fresh = fc.call(x), s_relu, "label", Argument.Fresh), ("act", act));
        using var monitor = DeadUnitMonitor.Attach(model);

        Tensor sampled = model.call(_x);
        Assert.NotSame(fresh, sampled);
        Tensor notSampled = model.call(_x);
        Assert.Same(fresh, notSampled);
        act.register_forward_hook((_, _, y) => y);
        Assert.NotSame(fresh, model.call(_x));
    }

    [Fact]
    public void A_layer_has_the_path_of_its_module()
    {
        using Sequential model = Sequential(("features", Sequential(("fc", Linear(3, 4)), ("act", ReLU()))), ("head", Sequential(("fc", Linear(4, 2)), ("act", GELU()))));
        Assert.Equal(["features.act", "head.act"], Watch(model).Select(layer => layer.Layer));
    }

    [Fact]
    public void A_module_that_runs_several_times_is_numbered()
    {
        ReLU act = ReLU();
        using Sequential model = Sequential(("fc1", Linear(3, 4)), ("act", act), ("fc2", Linear(4, 5)), ("again", act));

        Assert.Equal([("act", 4), ("act#2", 5)], Watch(model).Select(layer => (layer.Layer, layer.Units.Count)));
    }

    [Fact]
    public void A_run_with_another_number_of_units_is_a_layer_of_its_own()
    {
        using Sequential model = Sequential(("act", ReLU()));
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        model.call(ones(2, 3));
        model.call(ones(2, 4));
        model.call(ones(2, 3));

        Assert.Equal([("act (3 units)", 4), ("act (4 units)", 2)], monitor.EndWindow().Layers.Select(layer => (layer.Layer, layer.Inputs)));
    }

    [Fact]
    public void A_module_of_its_own_is_a_model_too()
    {
        using ReLU model = ReLU();
        Assert.Equal(["ReLU"], Watch(model).Select(layer => layer.Layer));
    }

    [Fact]
    public void A_function_of_annotated_code_is_seen_by_its_label()
    {
        using var model = new Lambda(x => Relu("fc1", Relu("fc1", x)));
        Assert.Equal(["fc1", "fc1#2"], Watch(model).Select(layer => layer.Layer));
    }

    [Fact]
    public void A_label_in_a_part_of_the_model_is_behind_its_path()
    {
        var block = new Lambda(x => Relu("conv1", x));
        var outer = new Lambda(x => Relu("conv1", block.call(x)), ("block", block));
        using Sequential model = Sequential(("layer1", outer), ("layer2", new Lambda(x => Relu("conv1", x))));
        Assert.Equal(["layer1.block.conv1", "layer1.conv1", "layer2.conv1"], Watch(model).Select(layer => layer.Layer));
    }

    [Fact]
    public void A_part_that_threw_is_left_with_the_part_that_caught_it()
    {
        var broken = new Lambda(_ => throw new ArithmeticException());
        var block = new Lambda(Catch, ("broken", broken));
        using var model = new Lambda(x => Relu("fc", block.call(x)), ("block", block));
        Assert.Equal(["fc"], Watch(model).Select(layer => layer.Layer));

        Tensor Catch(Tensor x)
        {
            Assert.Throws<ArithmeticException>(() => broken.call(x));
            return x;
        }
    }

    [Fact]
    public void A_training_module_reports_its_activations_itself()
    {
        ReLU act = ReLU();
        using Sequential model = Sequential(("fc", Linear(3, 4)), ("act", act));
        using var training = new Training(model, x => Relu("act", ((Linear)model[0]).forward(x)));
        using var monitor = DeadUnitMonitor.Attach(training, s_everyStep);

        training.call(_x);
        model.call(_x);

        Assert.Equal(0, Hooks.Count(act));
        Assert.Equal([("act", 2)], monitor.EndWindow().Layers.Select(layer => (layer.Layer, layer.Inputs)));
        Assert.Contains(
            "attach the monitor to the model that it trains",
            Assert.Throws<ArgumentException>(() => DeadUnitMonitor.Attach(training, s_everyStep with { IncludeEvaluation = true })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_module_is_watched_inside_of_a_model_too()
    {
        ReLU act = ReLU();
        Sequential body = Sequential(("act", act));
        using Sequential model = Sequential(("body", new Training(body, x => Relu("act", x))), ("head", ReLU()));
        Assert.Equal(["body.act", "head"], Watch(model).Select(layer => layer.Layer));
    }

    [Fact]
    public void A_call_that_throws_ends_with_the_next_call()
    {
        bool throws = true;
        using var model = new Lambda(x => throws ? throw new ArithmeticException() : Relu("fc2", Relu("fc1", x)));
        using var other = new Lambda(x => Relu("fc", x));
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        using var otherMonitor = DeadUnitMonitor.Attach(other, s_everyStep);
        Assert.Throws<ArithmeticException>(() => model.call(_x));
        other.call(_x);
        throws = false;
        model.call(_x);
        Relu("outside", _x);

        Assert.Equal([("fc1", 2), ("fc2", 2)], monitor.EndWindow().Layers.Select(layer => (layer.Layer, layer.Inputs)));
        Assert.Equal([("fc", 2)], otherMonitor.EndWindow().Layers.Select(layer => (layer.Layer, layer.Inputs)));
        Assert.Null(ActivationWatch.Current);
    }

    [Fact]
    public void A_model_and_a_part_of_it_are_watched_side_by_side()
    {
        var part = new Lambda(x => Relu("fc", x));
        using Sequential model = Sequential(("part", part), ("act", ReLU()));
        using var ofPart = DeadUnitMonitor.Attach(part, s_everyStep);
        using var ofModel = DeadUnitMonitor.Attach(model, s_everyStep);

        model.call(_x);

        Assert.Equal([("fc", 2)], ofPart.EndWindow().Layers.Select(layer => (layer.Layer, layer.Inputs)));
        Assert.Equal([("part.fc", 2), ("act", 2)], ofModel.EndWindow().Layers.Select(layer => (layer.Layer, layer.Inputs)));
    }

    [Fact]
    public void A_watched_model_that_another_calls_without_holding_it_reports_to_its_own_monitor_alone()
    {
        using var teacher = new Lambda(x => Relu("teacher", x));
        using var student = new Lambda(x => Relu("student", teacher.call(x)));
        using var ofTeacher = DeadUnitMonitor.Attach(teacher, s_everyStep);
        using var ofStudent = DeadUnitMonitor.Attach(student, s_everyStep);

        student.call(_x);

        Assert.Equal(["teacher"], ofTeacher.EndWindow().Layers.Select(layer => layer.Layer));
        Assert.Equal(["student"], ofStudent.EndWindow().Layers.Select(layer => layer.Layer));
    }

    [Fact]
    public void Two_monitors_of_one_model_see_the_same()
    {
        using Sequential model = Sequential(("fc", new Lambda(x => Relu("fc", x))), ("act", ReLU()));
        using var first = DeadUnitMonitor.Attach(model, s_everyStep);
        Assert.Equal(["fc.fc", "act"], Watch(model).Select(layer => layer.Layer));
        Assert.Equal(["fc.fc", "act"], first.EndWindow().Layers.Select(layer => layer.Layer));
    }

    [Fact]
    public void Calls_from_several_threads_are_counted_together()
    {
        using Sequential model = Sequential(("fc", new Lambda(x => Relu("fc", x))), ("act", ReLU()));
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        Parallel.For(0, 4, _ =>
        {
            using Tensor x = ones(2, 3);
            for (int i = 0; i < 50; i++)
                model.call(x).Dispose();
        });

        ActivationWindow window = monitor.EndWindow();

        Assert.Equal((200, 200), (window.Steps, window.SampledSteps));
        Assert.Equal([("fc.fc", 400), ("act", 400)], window.Layers.Select(layer => (layer.Layer, layer.Inputs)));
    }

    [Fact]
    public void A_model_of_several_inputs_is_watched()
    {
        using var model = new Sum();
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        model.call(_x, -2 * _x);
        Assert.Equal(3, monitor.EndWindow().DeadUnits);
    }

    private IReadOnlyList<LayerActivity> Watch(Module<Tensor, Tensor> model, Tensor? x = null)
    {
        using var monitor = DeadUnitMonitor.Attach(model, s_everyStep);
        model.call(x ?? _x);
        return monitor.EndWindow().Layers;
    }

    /// <summary>What a swapped call or a training module does.</summary>
    private static Tensor Relu(string label, Tensor x)
    {
        ActivationWatch.Current?.Input(label, s_relu, x);
        Tensor y = x.relu();
        ActivationWatch.Current?.Output(label, y);
        return y;
    }

    private class Lambda : Module<Tensor, Tensor>
    {
        private readonly Func<Tensor, Tensor> _forward;

        public Lambda(Func<Tensor, Tensor> forward, params (string Name, Module Part)[] parts)
            : base(nameof(Lambda))
        {
            _forward = forward;
            foreach ((string partName, Module part) in parts)
                register_module(partName, part);
        }

        public override Tensor forward(Tensor x) => _forward(x);
    }

    private sealed class Training(Module model, Func<Tensor, Tensor> forward) : Lambda(forward), IWatchedTraining
    {
        public Module Model => model;
    }

    private sealed class Sum : Module<Tensor, Tensor, Tensor>
    {
        private readonly ReLU act = ReLU();

        public Sum()
            : base(nameof(Sum)) => RegisterComponents();

        public override Tensor forward(Tensor a, Tensor b) => act.call(a + b);
    }
}
