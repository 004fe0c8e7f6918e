using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Tests.Watching;

/// <summary>Which calls are sampled, and where windows begin and end.</summary>
public sealed class MonitorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Sequential _model = Sequential(("hidden", Linear(3, 4)), ("act", ReLU()));
    private readonly Tensor _x = ones(2, 3);

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(10, 1, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(10, 11, 2)]
    [InlineData(1, 7, 7)]
    public void The_first_step_of_a_window_is_sampled_and_then_every_nth(int every, int steps, int expected)
    {
        using var monitor = DeadUnitMonitor.Attach(_model, new() { Every = every });
        for (int window = 0; window < 2; window++)
        {
            Call(steps);

            ActivationWindow ended = monitor.EndWindow();

            Assert.Equal((window, window * steps, steps, expected), (ended.Index, ended.FirstStep, ended.Steps, ended.SampledSteps));
            Assert.Equal((window + 1) * steps - 1, ended.LastStep);
            Assert.Equal(2 * expected, ended.Layers[0].Inputs);
        }
    }

    [Fact]
    public void A_window_of_a_number_of_steps_ends_by_itself()
    {
        List<ActivationWindow> ended = [];
        using var monitor = DeadUnitMonitor.Attach(_model, new() { WindowSteps = 3 });
        monitor.WindowEnded += ended.Add;

        Call(8);

        Assert.Equal([0, 3], ended.Select(window => window.FirstStep));
        Assert.Equal(ended, monitor.Windows);
        Assert.Equal((2, 6), (monitor.EndWindow().Steps, ended[^1].FirstStep));
    }

    [Fact]
    public void The_latest_windows_are_kept()
    {
        using var monitor = DeadUnitMonitor.Attach(_model, new() { WindowSteps = 1, KeptWindows = 2 });
        Call(5);
        Assert.Equal([3, 4], monitor.Windows.Select(window => window.Index));
    }

    [Fact]
    public void Evaluation_counts_only_where_it_is_asked_for()
    {
        _model.eval();
        using var training = DeadUnitMonitor.Attach(_model);
        using var both = DeadUnitMonitor.Attach(_model, new() { IncludeEvaluation = true });
        Call(1);

        Assert.Equal(1, both.EndWindow().Steps);
        string message = Assert.Throws<InvalidOperationException>(training.EndWindow).Message;
        Assert.StartsWith("Sequential was not called in training mode since the last window ended", message, StringComparison.Ordinal);
        Assert.Contains(nameof(DeadUnitOptions.IncludeEvaluation), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_inference_mode_and_of_training_add_up()
    {
        using var monitor = DeadUnitMonitor.Attach(_model, new() { Every = 1, IncludeEvaluation = true });
        using (inference_mode())
            Call(1);
        Call(1);
        using (inference_mode())
            Call(1);

        Assert.Equal(6, monitor.EndWindow().Layers[0].Inputs);
    }

    [Fact]
    public void A_model_without_any_activation_is_told_what_to_do()
    {
        using Linear model = Linear(3, 4);
        using var monitor = DeadUnitMonitor.Attach(model);
        model.call(_x);

        string message = Assert.Throws<InvalidOperationException>(monitor.EndWindow).Message;

        Assert.StartsWith("1 sampled calls of Linear showed no activation.", message, StringComparison.Ordinal);
        Assert.Contains("[Activation(Kind.ReLU)]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_told_at_the_end_of_the_first_window_also_where_that_ends_by_itself()
    {
        using Linear model = Linear(3, 4);
        using var monitor = DeadUnitMonitor.Attach(model, new() { WindowSteps = 2 });
        model.call(_x);
        Assert.Throws<InvalidOperationException>(() => model.call(_x));
    }

    [Fact]
    public void A_disposed_monitor_leaves_the_model_alone_and_keeps_its_windows()
    {
        var monitor = DeadUnitMonitor.Attach(_model, new() { Every = 1 });
        Call(2);
        monitor.EndWindow();
        monitor.Dispose();
        monitor.Dispose();

        Call(3);

        Assert.Equal(2, Assert.Single(monitor.Windows).Steps);
        Assert.Equal(0, Runtime.Hooks.Count((ReLU)_model[1]));
        Assert.Throws<ObjectDisposedException>(monitor.EndWindow);
    }

    [Fact]
    public void A_monitor_may_be_disposed_where_its_window_ends()
    {
        var monitor = DeadUnitMonitor.Attach(_model, new() { WindowSteps = 2 });
        monitor.WindowEnded += _ => monitor.Dispose();

        Call(5);

        Assert.Equal(2, Assert.Single(monitor.Windows).Steps);
        Assert.Null(ActivationWatch.Current);
    }

    [Fact]
    public void What_the_user_disposes_and_what_is_watched_do_not_touch()
    {
        using var monitor = DeadUnitMonitor.Attach(_model, new() { Every = 1 });
        Call(1);
        long before = Tensor.TotalCount;
        for (int step = 0; step < 20; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            _model.call(ones(2, 3)).sum().backward();
            _model.zero_grad();
        }

        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(42, monitor.EndWindow().Layers[0].Inputs);
    }

    [Fact]
    public void Everything_that_was_gathered_is_freed()
    {
        long before = Tensor.TotalCount;
        using (var monitor = DeadUnitMonitor.Attach(_model, new() { Every = 1 }))
        {
            for (int window = 0; window < 2; window++)
            {
                _model.call(_x).Dispose();
                monitor.EndWindow();
            }
            _model.call(_x).Dispose();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Outputs_and_gradients_stay_what_they_are()
    {
        Tensor output = _model.call(_x);
        output.sum().backward();
        Tensor gradient = _model.parameters().First().grad!.clone();
        _model.zero_grad();
        using var monitor = DeadUnitMonitor.Attach(_model, new() { Every = 1 });

        Tensor watched = _model.call(_x);
        watched.sum().backward();

        Assert.True(allclose(watched, output, rtol: 0, atol: 0));
        Assert.True(allclose(_model.parameters().First().grad!, gradient, rtol: 0, atol: 0));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeadUnitOptions { Every = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeadUnitOptions { WindowSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeadUnitOptions { Alpha = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeadUnitOptions { KeptWindows = -1 });
    }

    private void Call(int times)
    {
        for (int i = 0; i < times; i++)
            _model.call(_x);
    }
}
